import Foundation
import Testing

/// A program that embeds the commands, with flows in Swift: the samples.
struct CatalogTests {
  private func samples(
    _ arguments: String..., in folder: URL = CommandRun.repository
  ) async throws -> CommandRun {
    let samples = CommandRun.product("samples")
    return await (try CommandRun.start(arguments, of: samples, in: folder)).end()
  }

  @Test func `it lists its flows`() async throws {
    let listed = try await samples("flows")
    #expect(
      listed.output == """
        flow        tasks  description
        spell       4      a nested flow is tried with one letter after another
        message     2      a message is sent again up to five times, then undone
        connection  2      one server after another is tried until one answers

        """, "\(listed.output)")
    #expect(try await CommandRun("flows").output == "no flows\n")
  }

  @Test func `it says its own name in help and in what it advises`() async throws {
    #expect(try await samples("--help").output.contains("USAGE: samples <subcommand>"))
    let scratch = try Scratch()
    let unknown = try await samples("run", "spel", in: scratch.url)
    #expect(unknown.code == 2)
    #expect(unknown.complaints.contains("did you mean flow 'spell'?"))
    let shown = try await samples("show", in: scratch.url)
    #expect(shown.complaints.hasPrefix("samples: there are no runs in"))
  }

  @Test(arguments: [
    ["lint", "spell", "message", "connection"], ["plan", "message"], ["areas", "spell"],
    ["whatif", "message", "--fail", "send_message"], ["why", "spell", "put-away"],
    ["render", "connection"], ["plan", "spell", "--format", "json"],
  ])
  func `where a command takes a file it takes a flow by its name`(arguments: [String]) async throws
  {
    let samples = CommandRun.product("samples")
    let run = await (try CommandRun.start(arguments, of: samples, in: CommandRun.repository)).end()
    #expect(run.code == 0, "\(run.complaints)")
    #expect(!run.output.isEmpty)
  }

  @Test func `it runs its flows, keeps the runs, and tells them`() async throws {
    let scratch = try Scratch()
    let run = try await samples("run", "connection", in: scratch.url)
    #expect(run.code == 0, "\(run.complaints)")
    #expect(run.output.contains("has a connection to 10.0.0.3"))
    let failed = try await samples(
      "run", "connection", "--input", #"server_ips=["10.0.0.9"]"#, in: scratch.url)
    #expect(failed.code == 1)
    let runs = try await samples("runs", in: scratch.url)
    #expect(runs.output.split(separator: "\n").count == 3)
    let plan = try await samples("plan", "connection", in: scratch.url)
    #expect(plan.output.contains("by 2 earlier runs"))
  }

  @Test func `a run that was killed is gone on with by the name of its flow`() async throws {
    let scratch = try Scratch()
    let samples = CommandRun.product("samples")
    let killed = await
      (try CommandRun.start(
        ["run", "spell"], of: samples, in: scratch.url,
        environment: ["TFGRAPH_CRASH_POINT": "after:3"])).end()
    #expect(killed.code == SIGKILL)
    let elsewhere = try await CommandRun("resume", in: scratch.url)
    #expect(elsewhere.code == 2)
    #expect(elsewhere.complaints.contains("by the program that has flow 'spell'"))
    let resumed = try await self.samples("resume", in: scratch.url)
    #expect(resumed.code == 0, "\(resumed.complaints)")
    #expect(resumed.output.contains("puts the book away"))
  }

  // MARK: From outside

  private var program: String { CommandRun.product("samples").path }

  @Test func `tfgraph lints, draws and plans the flows of a program`() async throws {
    let lint = try await CommandRun("lint", program)
    #expect(lint.code == 0, "\(lint.complaints)\(lint.output)")
    let own = try await samples("plan", "spell")
    let plan = try await CommandRun("plan", "\(program)#spell")
    #expect(plan.output == own.output)
    let picture = try await CommandRun("render", "\(program)#message", "--format", "dot")
    #expect(picture.output == (try await samples("render", "message", "--format", "dot")).output)
    let listed = try await CommandRun("flows", program)
    #expect(listed.output == (try await samples("flows")).output)
  }

  @Test(arguments: [
    ("", "has several flows: name one,"), ("#spel", "has no flow 'spel'; did you mean 'spell'?"),
  ])
  func `one flow of a program has to be named`(suffix: String, phrase: String) async throws {
    let plan = try await CommandRun("plan", program + suffix)
    #expect(plan.code == 2)
    #expect(plan.complaints.contains(phrase))
  }

  @Test func `a flow of another program is not run`() async throws {
    let scratch = try Scratch()
    let run = try await CommandRun("run", "\(program)#spell", in: scratch.url)
    #expect(run.code == 2)
    #expect(run.complaints.contains("run it there, '\(program) run spell'"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
  }

  @Test func `a program without the mark of flows is not run at all`() async throws {
    let lint = try await CommandRun("lint", "/bin/true")
    #expect(lint.code == 2)
    #expect(lint.output.contains("is a program without flows"))
  }

  @Test func `a flow file that may be executed is a flow file`() async throws {
    let scratch = try Scratch()
    let flow = "#!/usr/bin/env touched\ntfgraph: 1\nflow: f\nlinear: [{ task: a, wait: 1s }]\n"
    try scratch.write(flow, to: "f.flow.yaml")
    chmod(scratch.url.appending(path: "f.flow.yaml").path, 0o700)
    let plan = try await CommandRun("plan", "f.flow.yaml", in: scratch.url)
    #expect(plan.output.contains("f runs 1 task in 1 tier"))
  }
}
