import FlowEngine
import Glibc
import TaskFlowTesting
import Testing

/// Timeouts, cancellation, and what becomes of a group. The clock stands still until the process
/// has said that it is where the test wants it.
@Suite(.timeLimit(.minutes(2))) struct ProcessEndTests {
  private let directory: TemporaryDirectory
  private let lifeLine: LifeLine
  private let listener = Listener()
  private let clock = StandingClock()
  private let ready: Gate

  init() throws {
    directory = try TemporaryDirectory()
    lifeLine = LifeLine(in: directory)
    ready = listener.gate("ready")
  }

  private func start(
    _ text: String, timeout: Duration? = nil, drain: Duration = .seconds(3)
  ) -> Task<ProcessOutcome, any Error> {
    let request = shell(
      text, ["LIFE": lifeLine.path], timeout: timeout, grace: .seconds(60), drain: drain)
    return Task { [clock, listener] in
      try await run(request, clock: clock) { listener.hear($0) }
    }
  }

  @Test func `a timeout asks the whole group to end`() async throws {
    let task = start(
      """
      exec 9>"$LIFE"
      (trap 'echo child >&9; exit' TERM; echo ready; while :; do sleep 1000 & wait; done) &
      wait
      """, timeout: .seconds(5))
    await ready.passRegardless()
    await clock.waitForSleep(of: .seconds(5))
    clock.advance(by: .seconds(5))
    let outcome = try await task.value
    #expect(outcome.timedOut)
    #expect(outcome.termination == .signalled(SIGTERM))
    #expect(outcome.duration == .seconds(5))
    #expect(lifeLine.waitForEnd() == "child\n")
  }

  @Test func `who ignores the request is killed after the grace period`() async throws {
    let task = start(
      "trap '' TERM; exec 9>\"$LIFE\"; sleep 1000 & echo ready; wait", timeout: .seconds(5))
    await ready.passRegardless()
    await clock.waitForSleep(of: .seconds(5))
    clock.advance(by: .seconds(5))
    await clock.waitForSleep(of: .seconds(60))
    clock.advance(by: .seconds(60))
    let outcome = try await task.value
    #expect(outcome.timedOut)
    #expect(outcome.termination == .signalled(SIGKILL))
    #expect(lifeLine.waitForEnd() == "")
  }

  @Test func `a program that handles the request keeps its exit code`() async throws {
    let task = start(
      "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 1000 & wait $!; done",
      timeout: .seconds(5))
    await ready.passRegardless()
    await clock.waitForSleep(of: .seconds(5))
    clock.advance(by: .seconds(5))
    let outcome = try await task.value
    #expect(outcome.timedOut)
    #expect(outcome.termination == .exited(7))
    #expect(outcome.standardOutput.text == "ready\nbye\n")
  }

  @Test func `a stopped process hears the request`() async throws {
    let task = start("echo ready; kill -STOP $$", timeout: .seconds(5))
    await ready.passRegardless()
    await clock.waitForSleep(of: .seconds(5))
    clock.advance(by: .seconds(5))
    #expect(try await task.value.termination == .signalled(SIGTERM))
  }

  @Test func `a grandchild that cleans up has the grace that its dead parent did not need`()
    async throws
  {
    let task = start(
      """
      exec 9>"$LIFE"
      (trap '' TERM; echo ready; while :; do sleep 1000; done) &
      wait
      """, timeout: .seconds(5))
    await ready.passRegardless()
    await clock.waitForSleep(of: .seconds(5))
    clock.advance(by: .seconds(5))
    await clock.waitForSleep(of: .seconds(60))
    clock.advance(by: .seconds(60))
    #expect(try await task.value.termination == .signalled(SIGTERM))
    #expect(lifeLine.waitForEnd() == "")
  }

  @Test func `cancelling ends the group and waits for it`() async throws {
    let task = start(
      "exec 9>\"$LIFE\"; trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 1000 & wait $!; done"
    )
    await ready.passRegardless()
    task.cancel()
    let outcome = try await task.value
    #expect(outcome.wasCancelled)
    #expect(outcome.termination == .exited(3))
    #expect(outcome.standardOutput.text == "ready\nbye\n")
    #expect(lifeLine.waitForEnd() == "")
  }

  @Test func `cancelling kills who does not listen`() async throws {
    let task = start("exec 9>\"$LIFE\"; trap '' TERM; echo ready; sleep 1000")
    await ready.passRegardless()
    task.cancel()
    await clock.waitForSleep(of: .seconds(60))
    clock.advance(by: .seconds(60))
    let outcome = try await task.value
    #expect(outcome.wasCancelled)
    #expect(outcome.termination == .signalled(SIGKILL))
    #expect(lifeLine.waitForEnd() == "")
  }

  @Test func `a run that is cancelled before it starts starts nothing`() async throws {
    let gate = Gate()
    let file = directory.path + "/started"
    let task = Task { () throws(ProcessFailure) -> ProcessOutcome in
      await gate.passRegardless()
      return try await run(shell("touch '\(file)'"))
    }
    task.cancel()
    gate.open()
    await #expect(throws: ProcessFailure.cancelledBeforeStart(program: "bash")) {
      try await task.value
    }
    #expect(access(file, F_OK) != 0)
  }

  @Test func `a grandchild that holds the output is given a short time and then killed`()
    async throws
  {
    let task = start("exec 9>\"$LIFE\"; (trap '' TERM HUP; sleep 1000) & echo ready")
    await clock.waitForSleep(of: .seconds(3))
    clock.advance(by: .seconds(3))
    let outcome = try await task.value
    #expect(outcome.succeeded)
    #expect(outcome.standardOutput.text == "ready\n")
    #expect(lifeLine.waitForEnd() == "")
  }

  @Test func `what a grandchild writes in that time is kept`() async throws {
    let gate = directory.path + "/gate"
    mkfifo(gate, 0o600)
    let task = start("(read -r line < '\(gate)'; echo \"$line\") & echo ready")
    await clock.waitForSleep(of: .seconds(3))
    let descriptor = open(gate, O_WRONLY | O_CLOEXEC)
    _ = write(descriptor, "late\n", 5)
    close(descriptor)
    #expect(try await task.value.standardOutput.text == "ready\nlate\n")
  }

  @Test func `a grandchild that closed the output does not outlive its task either`()
    async throws
  {
    let gate = directory.path + "/gate"
    mkfifo(gate, 0o600)
    let task = start(
      """
      exec 9>"$LIFE"
      (trap '' TERM HUP; exec >/dev/null 2>&1; echo closed > '\(gate)'; sleep 1000) &
      read -r line < '\(gate)'
      """)
    #expect(try await task.value.succeeded)
    #expect(lifeLine.waitForEnd() == "")
  }

  @Test func `a process that left the group does not hang the run`() async throws {
    let pid = directory.path + "/pid"
    let task = start(
      "setsid bash -c 'echo $$ > \"$0\"; exec sleep 1000' '\(pid)' & while [ ! -s '\(pid)' ]; do :; done; echo ready"
    )
    // Once for it to end by itself, once for the killed to let go of the output.
    for count in 1...2 {
      await clock.waitForSleep(of: .seconds(3), count: count)
      clock.advance(by: .seconds(3))
    }
    let outcome = try await task.value
    #expect(outcome.succeeded)
    let escaped = try await run(shell("kill -KILL $(cat '\(pid)')"))
    #expect(escaped.succeeded)
  }

  @Test func `a timeout after the program has ended changes nothing`() async throws {
    let task = start("sleep 1000 & echo ready", timeout: .seconds(3), drain: .seconds(4))
    await clock.waitForSleep(of: .seconds(4))
    clock.advance(by: .seconds(4))
    let outcome = try await task.value
    #expect(!outcome.timedOut)
    #expect(outcome.succeeded)
  }

  @Test func `all groups are killed at once, and no more are started`() async throws {
    let groups = ProcessGroups()
    let runner = ProcessRunner(clock: clock, groups: groups)
    let request = shell(
      "exec 9>\"$LIFE\"; trap '' TERM; (sleep 1000) & echo ready; wait", ["LIFE": lifeLine.path])
    let task = Task { [listener] in try await runner.run(request) { listener.hear($0) } }
    await ready.passRegardless()
    #expect(groups.count == 1)
    groups.killAll()
    let outcome = try await task.value
    #expect(outcome.termination == .signalled(SIGKILL))
    #expect(outcome.wasCancelled)
    #expect(groups.count == 0)
    #expect(lifeLine.waitForEnd() == "")
    await #expect(throws: ProcessFailure.cancelledBeforeStart(program: "bash")) {
      try await runner.run(request)
    }
  }
}
