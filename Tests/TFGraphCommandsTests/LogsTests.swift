import Foundation
import Testing

/// `tfgraph logs`, and what `show` tells of the output of tasks.
struct LogsTests {
  private static let flow = """
    tfgraph: 1
    flow: f
    linear:
      - { task: one, run: 'echo hello; printf "a\\033[31mb\\n" >&2', revert: { run: 'echo undoing one' } }
      - { task: two, run: 'echo 7', provides: size, revert: none }
      - task: three
        retry: { times: 2, exhausted: revert-all }
        run: 'echo "try $TFGRAPH_ATTEMPT"; exit 3'
        revert: none

    """

  private func ranFlow() async throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 1)
    return scratch
  }

  private func id(in scratch: Scratch) async throws -> String {
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    return String(try #require(runs.split(separator: "\"").first { $0.hasPrefix("20") }))
  }

  @Test func `each line stands behind the name of its task, and data is no log`() async throws {
    let scratch = try await ranFlow()
    let logs = try await CommandRun("logs", in: scratch.url)
    #expect(logs.code == 0)
    let lines = logs.output.split(separator: "\n").map(String.init)
    #expect(Set(lines.prefix(2)) == ["one │ hello", #"one │ a\u{1B}[31mb"#], "\(lines)")
    #expect(Array(lines.dropFirst(2)) == ["three │ try 1", "three │ try 2", "one │ undoing one"])
  }

  @Test func `one task's lines come without its name`() async throws {
    let scratch = try await ranFlow()
    let id = try await id(in: scratch)
    let logs = try await CommandRun("logs", id, "three", in: scratch.url)
    #expect(logs.output == "try 1\ntry 2\n")
    let unknown = try await CommandRun("logs", id, "tree", in: scratch.url)
    #expect(unknown.code == 2)
    #expect(unknown.complaints.contains("has no task 'tree'; did you mean 'three'?"))
  }

  @Test func `a log that is gone or makes no sense is told`() async throws {
    let scratch = try await ranFlow()
    let id = try await id(in: scratch)
    let path = scratch.url.appending(path: ".tfgraph/runs.db-\(id).log")
    let text = try String(contentsOf: path, encoding: .utf8)
    try Data("no line\n\(text){}\n".utf8).write(to: path)
    let damaged = try await CommandRun("logs", in: scratch.url)
    #expect(damaged.output.split(separator: "\n").count == 5)
    #expect(damaged.complaints == "tfgraph: 2 lines make no sense and are left out\n")
    try FileManager.default.removeItem(at: path)
    let gone = try await CommandRun("logs", in: scratch.url)
    #expect(gone.output == "")
    #expect(gone.complaints.contains("wrote is not kept, or not any more"))
  }

  @Test func `as JSON each line says who wrote it, where and when`() async throws {
    let scratch = try await ranFlow()
    let logs = try await CommandRun(
      "logs", try await id(in: scratch), "three", "--format", "json", in: scratch.url)
    let objects = try logs.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.map { $0["attempt"] as? Int } == [1, 2])
    #expect(objects.allSatisfy { $0["stream"] as? String == "stdout" })
    #expect(objects.allSatisfy { ($0["time"] as? Int ?? 0) > 1_700_000_000_000_000 })
  }

  @Test func `show tells what was written before a failure`() async throws {
    let scratch = try await ranFlow()
    let story = try await CommandRun("show", in: scratch.url).output
    #expect(story.contains("failed\n  three: exited with code 3\n    │ try 2\n"), "\(story)")
    #expect(!story.contains("try 1"))
  }

  @Test func `what is written is followed until the run ends`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - { task: one, run: 'echo before; echo > started; read line < gate; echo after', revert: none }

      """, to: "flow.yaml")
    let run = try scratch.runToGate("flow.yaml")
    let logs = try CommandRun.start(["logs", "--follow"], in: scratch.url)
    try scratch.openGate()
    #expect(await run.end().code == 0)
    let followed = await logs.end()
    #expect(followed.code == 0)
    #expect(followed.output == "one │ before\none │ after\n")
  }

  @Test func `a task that is run again after a kill goes on with the same log`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: one, run: 'echo here', revert: none }]\n",
      to: "flow.yaml")
    let killed = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "before:2"])
    #expect(killed.code == SIGKILL)
    // Half a line, as of one that was being written.
    let log = try #require(
      try FileManager.default.contentsOfDirectory(
        atPath: scratch.url.appending(path: ".tfgraph").path
      )
      .first { $0.hasSuffix(".log") })
    let file = try FileHandle(forWritingTo: scratch.url.appending(path: ".tfgraph/\(log)"))
    try file.seekToEnd()
    try file.write(contentsOf: Data(#"{"action":"exec"#.utf8))
    try file.close()
    let resumed = try await CommandRun("resume", in: scratch.url)
    #expect(resumed.output.contains("▶ one, again"))
    #expect(
      try await CommandRun("logs", in: scratch.url).output == "one │ here\none │ here\n")
  }

  @Test func `a flood is kept up to its limit`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - task: one
          run: 'head -c 5000000 /dev/zero | tr "\\0" x | fold -w 50000; echo end'
          revert: none
        - { task: two, run: echo two, revert: none }

      """, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 0)
    let logs = try await CommandRun("logs", in: scratch.url).output
    #expect(logs.utf8.count < 4_300_000)
    let last = logs.split(separator: "\n").suffix(2)
    #expect(last == ["one │ … what it wrote after 4 MiB is not kept", "two │ two"])
  }

  @Test func `it goes with its run, and no one else can read it`() async throws {
    let scratch = try await ranFlow()
    let folder = scratch.url.appending(path: ".tfgraph").path
    let log = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".log") })
    let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(log)")[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try await CommandRun("rm", try await id(in: scratch), in: scratch.url).code == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(log)"))
  }
}
