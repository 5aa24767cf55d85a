import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// The Swift of the article "Testing a flow".
@Suite(.timeLimit(.minutes(1))) struct TestingSnippets {
  @Test func `two tasks run at the same time`() async throws {
    // snippet: gate
    let gate = Gate()
    let flow = Flow.unordered("copies") {
      FlowTask("left") { try await gate.pass() }
      FlowTask("right") { try await gate.pass() }
    }
    let plan = try #require(Compiler().compile(flow).plan)
    async let report = Engine(plan: plan).run()
    await gate.waitForArrivals(2)
    gate.open()
    #expect(try await report.state == .success)
    // end snippet
  }

  @Test func `the pause before a retry passes at once`() async throws {
    let notes = Notes()
    // snippet: clock
    let clock = ManualClock()
    let attempt = Symbol<Int>("attempt")
    let again = RetryController.times(
      "again", attempts: 2, provides: attempt, backoff: Backoff(initial: .seconds(10)))
    let flow = Flow.linear("upload", retry: again) {
      FlowTask("send", requires: attempt) { attempt in
        notes.add("attempt \(attempt)")
        if attempt == 1 { throw Failure("not yet") }
      }
    }
    let plan = try #require(Compiler().compile(flow).plan)
    async let report = Engine(plan: plan, clock: clock).run()
    await clock.waitForSleeps(1)
    #expect(notes.lines == ["attempt 1"])
    clock.advance(by: .seconds(10))
    #expect(try await report.state == .success)
    #expect(notes.lines == ["attempt 1", "attempt 2"])
    // end snippet
  }

  @Test func `a script and a trace tell what was called and what became of it`() async throws {
    // snippet: script
    let script = TaskScript()
    let flow = Flow.linear("release", retry: .times("again", attempts: 2)) {
      script.task("load", executes: .fails("disk full"), .succeeds)
      script.task("verify")
    }
    let plan = try #require(Compiler().compile(flow).plan)
    let trace = RunTrace(of: plan)
    let report = try await Engine(plan: plan).run(listeners: [trace])
    #expect(script.log.lines == ["load+", "load-", "load+", "verify+"])
    #expect(trace.byAtom(of: ["load", "verify"]) == ["load: ▶✗↩↩✓ ▶✓", "verify: ▶✓"])
    #expect(report.recoveredFailures.map(\.failure.message) == ["disk full"])
    // end snippet
  }
}
