import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct RunStepsTests {
  private let script = TaskScript()

  @Test func `each step takes up one end of a call`() async throws {
    let plan = try compile(
      .linear("all") {
        script.task("a")
        script.task("b", executes: .fails("b broke"))
      })
    var begun: [[String]] = []
    var states: [FlowState] = []
    var report: RunReport?
    for await step in try Engine(plan: plan).steps() {
      begun.append(step.begun.map { plan.name(of: $0) })
      states.append(step.state)
      report = step.report
    }
    #expect(begun == [["a"], ["b"], ["b"], ["a"], []])
    #expect(states == [.running, .running, .running, .running, .reverted])
    #expect(report?.state == .reverted)
    #expect(script.log.lines == ["a+", "b+", "b-", "a-"])
  }

  @Test func `nothing starts until it is asked for`() async throws {
    let engine = Engine(
      plan: try compile(
        .linear("all") {
          script.task("a")
          script.task("b")
        }))
    var steps = try engine.steps().makeAsyncIterator()
    #expect(script.log.lines.isEmpty)
    let first = await steps.next()
    #expect(first?.events.contains { EventFilter.states(.running).accepts($0) } == true)
    let second = await steps.next()
    #expect(second?.begun.count == 1)
    #expect(second?.report == nil)
    #expect(await steps.next()?.state == .success)
    #expect(await steps.next() == nil)
  }

  @Test func `steps and a run tell the same`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 3)) {
      TaskScript().task("a")
      TaskScript().task("b", executes: .fails("1"), .fails("2"), .succeeds)
    }
    let plan = try compile(flow)
    let (run, stepped) = (RunTrace(of: plan), RunTrace(of: plan))
    for await step in try Engine(plan: plan).steps() {
      for event in step.events { stepped.receive(event) }
    }
    // The script counts calls over runs, so the second run meets only its last entry.
    let again = try compile(
      .linear("all", retry: .times("again", attempts: 3)) {
        TaskScript().task("a")
        TaskScript().task("b", executes: .fails("1"), .fails("2"), .succeeds)
      })
    _ = try await Engine(plan: again).run(listeners: [run])
    #expect(stepped.line() == run.line())
  }

  @Test func `a run that is stopped between steps ends suspended and can be taken up`() async throws
  {
    let engine = Engine(
      plan: try compile(
        .linear("all") {
          script.task("a")
          script.task("b")
        }))
    let control = RunControl()
    var last: RunStep?
    for await step in try engine.steps(control: control) {
      control.suspend()
      last = step
    }
    let report = try #require(last?.report)
    #expect(report.states == ["a": .success, "b": .pending])
    for await step in engine.steps(of: report.machine) { last = step }
    #expect(last?.report?.state == .success)
    #expect(script.log.lines == ["a+", "b+"])
  }

  @Test func `a run that is given up cancels what is under way`() async throws {
    let gate = Gate()
    let engine = Engine(
      plan: try compile(.linear("all") { FlowTask("a") { try await gate.pass() } }))
    do {
      var steps = try engine.steps().makeAsyncIterator()
      _ = await steps.next()
      await gate.waitForArrivals(1)
    }
    // Whoever waits at the gate leaves it when it is cancelled.
    while gate.waitingCount > 0 { await Task.yield() }
  }

  @Test func `when the reader is cancelled what is under way was interrupted`() async throws {
    let gate = Gate()
    let engine = Engine(
      plan: try compile(.linear("all") { FlowTask("a") { try await gate.pass() } }))
    let reader = Task {
      var last: RunStep?
      for await step in try engine.steps() { last = step }
      return last?.report
    }
    await gate.waitForArrivals(1)
    reader.cancel()
    let report = try #require(try await reader.value)
    #expect(report.state == .suspended)
    #expect(report.states == ["a": .running])
  }

  @Test func `pauses end steps as calls do`() async throws {
    let clock = ManualClock()
    let retry = RetryController.times(
      "again", attempts: 2, backoff: Backoff(initial: .seconds(9)))
    let plan = try compile(
      .linear("all", retry: retry) { script.task("a", executes: .fails("1"), .succeeds) })
    let ender = Task {
      await clock.waitForSleeps(1)
      clock.advance(by: .seconds(9))
    }
    var last: RunStep?
    for await step in try Engine(plan: plan, clock: clock).steps() { last = step }
    await ender.value
    #expect(last?.report?.state == .success)
  }
}
