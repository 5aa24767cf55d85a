import Foundation
import Testing

/// `tfgraph run` of some tasks of a flow, and with what an earlier run had.
struct SelectionTests {
  private static let flow = """
    tfgraph: 1
    flow: f
    inputs: { version: { type: string } }
    linear:
      - task: build
        requires: [version]
        run: 'echo "build $version" >> log; echo "i-$version"'
        provides: image
        revert: none
      - { task: scan, requires: [image], run: 'echo "scan $image" >> log', revert: none }
      - flow: rollout
        retry: { times: 2 }
        linear:
          - task: canary
            requires: [image]
            run: 'echo "canary $image" >> log; [ ! -e broken ]'
            revert: { run: 'echo "undo canary" >> log' }
          - { task: promote, run: 'echo promote >> log', revert: none }

    """

  private func ranFlow(breaking: Bool = false) async throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    if breaking { try scratch.write("", to: "broken") }
    let run = try await CommandRun(
      "run", "flow.yaml", "--input", "version=1.2", in: scratch.url)
    #expect(run.code == (breaking ? 1 : 0))
    try scratch.write("", to: "log")
    return scratch
  }

  @Test func `from a task on, what is before it is taken from the run before`() async throws {
    let scratch = try await ranFlow(breaking: true)
    try FileManager.default.removeItem(at: scratch.url.appending(path: "broken"))
    let run = try await CommandRun("run", "flow.yaml", "--from", "canary", in: scratch.url)
    #expect(run.code == 0, "\(run.complaints)\(run.output)")
    #expect(scratch.read("log") == "canary i-1.2\npromote\n")
    #expect(!run.output.contains("build"))
  }

  @Test func `values that were taken once are taken again`() async throws {
    let scratch = try await ranFlow()
    for _ in 1...2 {
      let run = try await CommandRun("run", "flow.yaml", "--only", "scan", in: scratch.url)
      #expect(run.code == 0, "\(run.complaints)")
    }
    #expect(scratch.read("log") == "scan i-1.2\nscan i-1.2\n")
  }

  @Test func `what was undone is not taken`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - { task: make, run: echo server-1, provides: server, revert: { run: 'true' } }
        - { task: use, requires: [server], run: '[ -e there ]', revert: none }

      """, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 1)
    let run = try await CommandRun("run", "flow.yaml", "--only", "use", in: scratch.url)
    #expect(run.code == 2)
    #expect(run.complaints.contains("has no result in run"))
  }

  @Test func `up to a task, nothing after it is run`() async throws {
    let scratch = try await ranFlow()
    let run = try await CommandRun(
      "run", "flow.yaml", "--until", "scan", "--input", "version=2", in: scratch.url)
    #expect(run.code == 0, "\(run.complaints)")
    #expect(scratch.read("log") == "build 2\nscan i-2\n")
  }

  @Test func `a run is made again with its inputs, but for those that are given`() async throws {
    let scratch = try await ranFlow()
    #expect(
      try await CommandRun("run", "flow.yaml", "--again", "--until", "build", in: scratch.url).code
        == 0)
    #expect(scratch.read("log") == "build 1.2\n")
    #expect(
      try await CommandRun(
        "run", "flow.yaml", "--again", "--only", "build", "--input", "version=3", in: scratch.url
      ).code == 0)
    #expect(scratch.read("log") == "build 1.2\nbuild 3\n")
  }

  @Test func `a value that no run has is asked for, and can be given`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    let lacking = try await CommandRun(
      "run", "flow.yaml", "--only", "flow:rollout", in: scratch.url)
    #expect(lacking.code == 2)
    #expect(
      lacking.complaints == """
        tfgraph: 'canary' needs 'image' of 'build', which is not selected and has no result in an \
        earlier run; select it as well, give --input image=…, or name another run with --past

        """)
    let given = try await CommandRun(
      "run", "flow.yaml", "--only", "flow:rollout", "--input", "image=mine", in: scratch.url)
    #expect(given.code == 0, "\(given.complaints)")
    #expect(scratch.read("log") == "canary mine\npromote\n")
  }

  @Test(arguments: [
    (["--only", "sacn"], "the flow has no task 'sacn'; did you mean 'scan'?"),
    (["--from", "promote", "--until", "scan"], "the selections have no task in common"),
    (["--past", "nothing", "--from", "scan"], "there is no run 'nothing'"),
  ])
  func `a selection of nothing is refused`(options: [String], problem: String) async throws {
    let scratch = try await ranFlow()
    let run = try await CommandRun(
      ["run", "flow.yaml", "--input", "version=1"] + options, in: scratch.url)
    #expect(run.code == 2)
    #expect(run.complaints.contains(problem), "\(run.complaints)")
  }

  @Test(arguments: 1...2)
  func `a run of some tasks that was killed goes on with them alone`(save: Int) async throws {
    let scratch = try await ranFlow()
    let killed = try await CommandRun(
      "run", "flow.yaml", "--from", "canary", in: scratch.url,
      environment: ["TFGRAPH_CRASH_POINT": "after:\(save)"])
    #expect(killed.code == SIGKILL)
    let resumed = try await CommandRun("resume", in: scratch.url)
    #expect(resumed.code == 0, "\(resumed.complaints)")
    let lines = Set((scratch.read("log") ?? "").split(separator: "\n"))
    #expect(lines == ["canary i-1.2", "promote"])
  }

  @Test
  func `a run is made again with the inputs of the latest that had all, or of one that is named`()
    async throws
  {
    let scratch = try await ranFlow()
    #expect(
      try await CommandRun("run", "flow.yaml", "--only", "promote", in: scratch.url).code == 0)
    for option in ["--again", "--past"] {
      let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
      let id = String(try #require(runs.split(separator: "\"").last { $0.hasPrefix("20") }))
      let again = try await CommandRun(
        ["run", "flow.yaml", option] + (option == "--past" ? [id] : []), in: scratch.url)
      #expect(again.code == 0, "\(again.complaints)")
    }
    #expect(scratch.read("log")?.components(separatedBy: "build 1.2").count == 3)
  }

  @Test func `nothing is made again that has not been run`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    let run = try await CommandRun("run", "flow.yaml", "--again", in: scratch.url)
    #expect(run.code == 2)
    #expect(run.complaints.contains("there are no runs in"))
  }
}
