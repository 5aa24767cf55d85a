import Foundation
import Testing

/// `tfgraph cancel`, and tasks that are run at most once.
struct CancelTests {
  private static let gated = """
    tfgraph: 1
    flow: f
    linear:
      - { task: one, run: 'echo one >> log', revert: { run: 'echo undo-one >> log' } }
      - task: two
        run: 'echo > started; read line < gate; echo two >> log'
        revert: { run: 'echo undo-two >> log' }
      - { task: three, run: 'echo three >> log', revert: none }

    """

  @Test func `a run under way is stopped and undone`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.gated, to: "flow.yaml")
    let run = try scratch.runToGate("flow.yaml")
    let cancel = try CommandRun.start(["cancel"], in: scratch.url)
    await run.complaint()
    try scratch.openGate()
    #expect(await run.end().code == 143)
    let cancelled = await cancel.end()
    #expect(cancelled.code == 0, "\(cancelled.complaints)")
    #expect(cancelled.output.contains("was cancelled and is undone"))
    #expect(cancelled.complaints.contains("waiting for process"))
    #expect(scratch.read("log") == "one\ntwo\nundo-two\nundo-one\n")
    #expect(try await CommandRun("runs", in: scratch.url).output.contains("  undone  "))
  }

  @Test func `what runs is killed and undone when it can't wait`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.gated, to: "flow.yaml")
    let run = try scratch.runToGate("flow.yaml")
    let cancelled = try await CommandRun("cancel", "--now", in: scratch.url)
    #expect(await run.end().code == 143)
    #expect(cancelled.code == 0, "\(cancelled.complaints)")
    #expect(scratch.read("log") == "one\nundo-two\nundo-one\n")
  }

  @Test func `a second cancel waits as the first does`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.gated, to: "flow.yaml")
    let run = try scratch.runToGate("flow.yaml")
    let first = try CommandRun.start(["cancel"], in: scratch.url)
    await first.complaint()
    let second = try CommandRun.start(["cancel"], in: scratch.url)
    await second.complaint()
    try scratch.openGate()
    #expect(await run.end().code == 143)
    let codes = [await first.end().code, await second.end().code].sorted()
    // The other finds that somebody has it, or that it has ended.
    #expect([[0, 2], [0, 5]].contains(codes), "\(codes)")
    #expect(scratch.read("log") == "one\ntwo\nundo-two\nundo-one\n")
  }

  @Test(arguments: [
    ("x: [", "error"),
    (gated.replacing("task: one", with: "task: uno"), "'one' is gone, and it has begun"),
    (gated.replacing("echo undo-one", with: "echo other"), "how 'one' is undone; accept it with"),
  ])
  func `a run that can't be undone is stopped all the same`(text: String, why: String) async throws
  {
    let scratch = try Scratch()
    try scratch.write(Self.gated, to: "flow.yaml")
    let run = try scratch.runToGate("flow.yaml")
    try scratch.write(text, to: "flow.yaml")
    let cancel = try CommandRun.start(["cancel"], in: scratch.url)
    await run.complaint()
    try scratch.openGate()
    let stopped = await run.end()
    #expect(stopped.code == 143)
    #expect(stopped.output.contains("the tfgraph that cancelled it is to undo what it did"))
    let cancelled = await cancel.end()
    #expect(cancelled.code == 2)
    #expect(cancelled.complaints.contains(why), "\(cancelled.complaints)")
    #expect(cancelled.complaints.contains("it is stopped, and nothing is undone"))
    #expect(scratch.read("log") == "one\ntwo\n")
  }

  @Test func `a changed revert is run when that is accepted, and other changes don't matter`()
    async throws
  {
    let scratch = try Scratch()
    let text = """
      tfgraph: 1
      flow: f
      secrets: [TEST_TOKEN_A]
      linear:
        - { task: one, run: 'echo one >> log', revert: { run: 'echo undo-one >> log' } }
        - { task: two, secrets: [TEST_TOKEN_A], run: 'exit 3', revert: none }

      """
    try scratch.write(text, to: "flow.yaml")
    let killed = try await CommandRun(
      "run", "flow.yaml", in: scratch.url,
      environment: ["TEST_TOKEN_A": "a secret", "TFGRAPH_CRASH_POINT": "before:3"])
    #expect(killed.code == SIGKILL)
    // Nothing that is undone needs the secret.
    try scratch.write(
      text.replacing("exit 3", with: "exit 4").replacing("undo-one", with: "other"), to: "flow.yaml"
    )
    #expect(try await CommandRun("cancel", in: scratch.url).code == 2)
    let accepted = try await CommandRun("cancel", "--accept-changes", in: scratch.url)
    #expect(accepted.code == 0, "\(accepted.complaints)")
    #expect(scratch.read("log") == "one\nother\n")
  }

  @Test func `a run that has ended is told as it ended, whatever became of its file`() async throws
  {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: a, run: 'exit 3', revert: none }]\n", to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 1)
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    let id = String(try #require(runs.split(separator: "\"").first { $0.hasPrefix("20") }))
    try FileManager.default.removeItem(at: scratch.url.appending(path: "flow.yaml"))
    let told = try await CommandRun("resume", id, in: scratch.url)
    #expect(told.code == 1)
    #expect(told.output.contains("a: exited with code 3"))
    let said = try await CommandRun("resume", id, "--run-again", "a", in: scratch.url)
    #expect(said.code == 2)
    #expect(said.complaints.contains("has ended; there is nothing to decide about it"))
  }

  @Test func `a run whose file is gone says so`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.gated, to: "flow.yaml")
    let killed = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "before:2"])
    #expect(killed.code == SIGKILL)
    try FileManager.default.removeItem(at: scratch.url.appending(path: "flow.yaml"))
    let resumed = try await CommandRun("resume", in: scratch.url)
    #expect(resumed.code == 2)
    #expect(resumed.complaints.contains("flow.yaml"))
    try scratch.write(
      Self.gated.replacing("echo > started; read line < gate; ", with: ""), to: "moved.yaml")
    let moved = try await CommandRun(
      "resume", "--file", "moved.yaml", "--accept-changes", in: scratch.url)
    #expect(moved.code == 0, "\(moved.complaints)")
    #expect(scratch.read("log")?.hasSuffix("two\nthree\n") == true)
  }

  @Test func `a run that has ended is not cancelled`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: a, wait: 0s, revert: none }]\n", to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 0)
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    let id = try #require(runs.split(separator: "\"").first { $0.hasPrefix("20") })
    let cancelled = try await CommandRun("cancel", String(id), in: scratch.url)
    #expect(cancelled.code == 2)
    #expect(cancelled.complaints.contains("has ended; there is nothing to cancel"))
    let none = try await CommandRun("cancel", in: scratch.url)
    #expect(none.code == 2)
    #expect(none.complaints.contains("is unfinished"))
  }

  private static let payment = """
    tfgraph: 1
    flow: order
    linear:
      - { task: reserve, run: 'echo reserve >> log', revert: { run: 'echo free >> log' } }
      - task: pay
        at_most_once: true
        run: 'echo pay >> log; echo r1'
        provides: receipt
        revert: { run: 'echo refund >> log' }
      - { task: thank, requires: [receipt], run: 'echo "thank $receipt" >> log', revert: none }

    """

  /// A run that was killed when `pay` had begun.
  private func unfinishedPayment() async throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Self.payment, to: "flow.yaml")
    let killed = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "before:3"])
    #expect(killed.code == SIGKILL)
    return scratch
  }

  @Test func `a payment of which nobody knows whether it was made waits for a decision`()
    async throws
  {
    let scratch = try await unfinishedPayment()
    let log = scratch.read("log")
    #expect(
      try await CommandRun("show", in: scratch.url).output.contains(
        "\nundecided\n  pay: it may have been done; 'tfgraph resume' asks\n"))
    let resumed = try await CommandRun("resume", in: scratch.url)
    #expect(resumed.code == 4)
    #expect(
      resumed.complaints.contains(
        "nobody knows whether 'pay' was done, and it is to be run at most"))
    #expect(
      resumed.complaints.contains(
        "--mark-done 'pay={\"receipt\": …}', or --mark-failed pay, or --run-again pay"))
    #expect(scratch.read("log") == log)
    let lacking = try await CommandRun("resume", "--mark-done", "pay", in: scratch.url)
    #expect(lacking.code == 2)
    #expect(lacking.complaints.contains("'pay' provides 'receipt'; say its value as well"))
    let done = try await CommandRun(
      "resume", "--mark-done", #"pay={"receipt": "r7"}"#, in: scratch.url)
    #expect(done.code == 0, "\(done.complaints)")
    #expect(scratch.read("log") == (log ?? "") + "thank r7\n")
  }

  @Test(arguments: [("--run-again", 0, "pay\nthank r1\n"), ("--mark-failed", 1, "refund\nfree\n")])
  func `it is made again, or undone, when somebody says so`(
    option: String, code: Int32, lines: String
  ) async throws {
    let scratch = try await unfinishedPayment()
    let log = scratch.read("log") ?? ""
    let resumed = try await CommandRun("resume", option, "pay", in: scratch.url)
    #expect(resumed.code == code, "\(resumed.complaints)")
    #expect(scratch.read("log") == log + lines)
  }

  @Test func `what is said of a task is a JSON object`() async throws {
    let scratch = try await unfinishedPayment()
    let resumed = try await CommandRun("resume", "--mark-done", "pay=7", in: scratch.url)
    #expect(resumed.code == 2)
    #expect(resumed.complaints.contains("JSON object"))
  }
}

/// A run whose flow file was edited before it goes on.
struct ChangedFlowTests {
  private static let flow = """
    tfgraph: 1
    flow: f
    linear:
      - { task: one, run: 'echo one >> log', revert: none }
      - { task: two, run: 'echo two >> log', revert: none }

    """

  /// A run that was killed when `one` was done, with another flow in its file now.
  private func edited(_ old: String, _ new: String) async throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    let killed = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "before:3"])
    #expect(killed.code == SIGKILL)
    try scratch.write("", to: "log")
    try scratch.write(Self.flow.replacing(old, with: new), to: "flow.yaml")
    return scratch
  }

  @Test func `what makes no difference is named, and the run goes on`() async throws {
    let scratch = try await edited("task: two,", "task: two, timeout: 1m,")
    let resumed = try await CommandRun("resume", in: scratch.url)
    #expect(resumed.code == 0)
    #expect(
      resumed.complaints.replacing(/run '[-0-9a-f]+'/, with: "run") == """
        tfgraph: going on with run of flow 'f'
        tfgraph: the flow has changed since the run began:
            the description, timeout or priority of 'two'

        """)
  }

  @Test func `what matters is named, and done when it is accepted`() async throws {
    let scratch = try await edited("echo two", "echo 2")
    let refused = try await CommandRun("resume", in: scratch.url)
    #expect(refused.code == 2)
    #expect(refused.complaints.contains("  ! what 'two' does\n"))
    #expect(refused.complaints.contains("accept it with --accept-changes"))
    #expect(scratch.read("log") == "")
    let accepted = try await CommandRun("resume", "--accept-changes", in: scratch.url)
    #expect(accepted.code == 0, "\(accepted.complaints)")
    #expect(scratch.read("log")?.contains("2\n") == true)
  }

  @Test func `a run can't go on without what it has done`() async throws {
    let scratch = try await edited("task: one", "task: uno")
    let refused = try await CommandRun("resume", "--accept-changes", in: scratch.url)
    #expect(refused.code == 2)
    #expect(refused.complaints.contains("  ✗ 'one' is gone, and it has begun\n"))
    #expect(refused.complaints.contains("run it with the flow that it began with"))
    #expect(scratch.read("log") == "")
  }
}
