import Foundation
import Testing

/// Commands that look into a store: what they say of it and of its runs.
struct StoreCommandTests {
  /// A flow of which `two` waits at a gate.
  private static func gated(_ name: String) -> String {
    """
    tfgraph: 1
    flow: \(name)
    linear:
      - { task: one, run: 'echo one >> log', revert: { run: 'echo undo-one >> log' } }
      - { task: two, run: 'echo > started; read line < gate; echo two >> log', revert: none }

    """
  }

  private static let failing = """
    tfgraph: 1
    flow: f
    linear:
      - { task: one, run: 'echo one >> log', revert: { run: 'echo undo-one >> log' } }
      - { task: two, run: 'true', revert: { run: 'echo no >&2; exit 9' } }
      - { task: three, run: 'exit 3', revert: none }

    """

  @Test func `doctor tells how runs are kept and who has one`() async throws {
    let scratch = try Scratch()
    let first = try await CommandRun("doctor", in: scratch.url)
    #expect(first.code == 0, "\(first.complaints)")
    #expect(first.output.contains("/.tfgraph/runs.db is not there yet; the first run makes it\n"))
    #expect(first.output.contains(/save      took [0-9.]+ ms\n/))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == [])
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: one, run: 'tfgraph=1', revert: none }]\n",
      to: "flow.yaml")
    for durability in ["process", "full"] {
      #expect(
        try await CommandRun(
          "run", "flow.yaml", "--durability", durability, in: scratch.url
        ).code == 0)
    }
    let doctor = try await CommandRun("doctor", in: scratch.url)
    #expect(doctor.code == 0)
    #expect(doctor.output.contains("\nflushed   with each save;"))
    #expect(doctor.output.contains("\nwhole     yes\n"))
    #expect(doctor.output.contains(/save      took [0-9.]+ ms\n/))
    #expect(doctor.output.contains("\nruns      2, 0 unfinished\n"))
    let free = try #require(doctor.output.firstMatch(of: /free +([0-9]+) MiB/)?.1)
    #expect(Int(free) ?? 0 > 0)
    let file = scratch.url.appending(path: ".tfgraph/runs.db")
    let handle = try FileHandle(forWritingTo: file)
    try handle.seek(toOffset: 4096)
    try handle.write(contentsOf: Data(repeating: 0xAA, count: 8192))
    try handle.close()
    let damaged = try await CommandRun("doctor", in: scratch.url)
    #expect(damaged.code == 74, "\(damaged.output)\(damaged.complaints)")
  }

  @Test func `a run that can't be kept is not run`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: one, run: 'echo one >> log', revert: none }]\n",
      to: "flow.yaml")
    try scratch.write("not a database, but of some length", to: "runs.db")
    let run = try await CommandRun("run", "flow.yaml", "--store", "runs.db", in: scratch.url)
    #expect(run.code == 74)
    #expect(run.complaints.contains("'runs.db' is no database\n"), "\(run.complaints)")
    #expect(scratch.read("log") == nil)
    #expect(try await CommandRun("run", "flow.yaml", "--no-store", in: scratch.url).code == 0)
    #expect(!FileManager.default.fileExists(atPath: scratch.url.appending(path: ".tfgraph").path))
  }
  @Test func `a log is not left of a run that could not be made`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.failing, to: "flow.yaml")
    _ = try await CommandRun("run", "flow.yaml", "--store", "runs.db", in: scratch.url)
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
    let handle = try FileHandle(forWritingTo: scratch.url.appending(path: "runs.db"))
    try handle.seek(toOffset: 4096)
    try handle.write(contentsOf: Data(repeating: 0xAA, count: 1024))
    try handle.close()
    let run = try await CommandRun("run", "flow.yaml", "--store", "runs.db", in: scratch.url)
    #expect(run.code == 74)
    #expect(run.complaints.contains("'runs.db' is damaged: "), "\(run.complaints)")
    #expect(run.complaints.contains("; move it away, and save what is left with '.recover'"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == files)
  }

  @Test func `without a name a run is resumed that nobody has, and that is said`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.gated("g"), to: "gated.yaml")
    for name in ["a", "b"] {
      try scratch.write(
        "tfgraph: 1\nflow: \(name)\nlinear: [{ task: one, run: 'true', revert: none }]\n",
        to: "\(name).yaml")
      let killed = try await CommandRun(
        "run", "\(name).yaml", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "before:2"])
      #expect(killed.code == SIGKILL)
    }
    // The latest of all, and under way.
    let run = try scratch.runToGate("gated.yaml")
    for (name, others) in [("b", "; 1 more has not ended"), ("a", "")] {
      let resumed = try await CommandRun("resume", in: scratch.url)
      #expect(resumed.code == 0, "\(resumed.complaints)")
      #expect(resumed.complaints.hasPrefix("tfgraph: going on with run '"))
      #expect(resumed.complaints.contains("' of flow '\(name)'\(others)\n"))
    }
    let owned = try await CommandRun("resume", in: scratch.url)
    #expect(owned.code == 5, "\(owned.complaints)")
    try scratch.openGate()
    #expect(await run.end().code == 0)
  }

  @Test func `show tells programs what it tells people`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.failing, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 3)
    let shown = try await CommandRun("show", "--format", "json", in: scratch.url)
    #expect(shown.code == 0)
    let value = try #require(
      try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any])
    #expect(value["schema"] as? String == "tfgraph-run-1")
    #expect(value["state"] as? String == "dirty")
    #expect((value["file"] as? String)?.hasSuffix("/flow.yaml") == true)
    #expect(value["blocked"] as? [String] == ["one"])
    let tasks = try #require(value["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["task"] as? String } == ["one", "two", "three"])
    #expect(tasks.map { $0["attempts"] as? Int } == [1, 1, 1])
    let failures = try #require(value["failures"] as? [[String: Any]])
    #expect(failures.map { $0["kind"] as? String } == ["failed", "not undone"])
    #expect(failures.map { $0["output"] as? [String] } == [[], ["no"]])
  }

  @Test func `a run of which something was left is listed as partly undone`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.failing, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 3)
    #expect(try await CommandRun("runs", in: scratch.url).output.contains("  dirty  "))
    #expect(try await CommandRun("resume", "--accept", in: scratch.url).code == 1)
    #expect(try await CommandRun("runs", in: scratch.url).output.contains("  partly undone  "))
  }

  @Test func `what is accepted before it has failed again is told`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.failing, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 3)
    let killed = try await CommandRun(
      "resume", "--retry-revert", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "after:2"])
    #expect(killed.code == SIGKILL)
    let resumed = try await CommandRun("resume", "--accept", in: scratch.url)
    #expect(resumed.code == 3)
    #expect(
      resumed.complaints.contains(
        "tfgraph: no revert of it has failed; going on without --accept\n"))
    #expect(try await CommandRun("resume", "--accept", in: scratch.url).code == 1)
  }

  @Test func `an owner that is halted is cancelled all the same`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.gated("g"), to: "flow.yaml")
    let run = try scratch.runToGate("flow.yaml")
    kill(run.process.processIdentifier, SIGSTOP)
    let cancelled = try await CommandRun("cancel", "--now", in: scratch.url)
    #expect(cancelled.code == 0, "\(cancelled.complaints)")
    #expect(await run.end().code == 143)
    #expect(scratch.read("log") == "one\nundo-one\n")
  }

  @Test func `a run that is cancelled before another attempt was cancelled, and not only failed`()
    async throws
  {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - { task: one, run: 'echo one >> log', revert: { run: 'echo undo-one >> log' } }
        - task: two
          retry: { times: 2, backoff: { initial: 1h, max: 1h } }
          run: 'exit 3'
          revert: { run: 'echo $$ > started' }

      """, to: "flow.yaml")
    let (run, _) = try scratch.runToStart("flow.yaml")
    kill(run.process.processIdentifier, SIGINT)
    let stopped = await run.end()
    #expect(stopped.code == 130)
    #expect(stopped.output.contains(", before what was undone was tried again\n"))
    let cancelled = try await CommandRun("cancel", in: scratch.url)
    #expect(cancelled.code == 0, "\(cancelled.complaints)")
    #expect(cancelled.output.contains("\nf was cancelled and is undone "), "\(cancelled.output)")
    #expect(scratch.read("log") == "one\nundo-one\n")
  }
}
