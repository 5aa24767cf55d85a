import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct ResumeRunTests {
  private let script = TaskScript()

  /// Runs a plan that is stopped when a gate has been reached once, and its report.
  private func suspend(_ engine: Engine, at gate: Gate, cancelling: Bool = false) async throws
    -> RunReport
  {
    let control = RunControl()
    let task = Task { try await engine.run(control: control) }
    await gate.waitForArrivals(1)
    if cancelling { task.cancel() } else { control.suspend() }
    gate.open()
    return try await task.value
  }

  /// Runs a, which waits at a gate, and then b.
  private func waitingEngine(_ gate: Gate) throws -> Engine {
    Engine(
      plan: try compile(
        .linear("all") {
          script.task("a", executes: .waits(at: gate))
          script.task("b")
        }))
  }

  @Test func `a suspended run goes on where it stopped`() async throws {
    let gate = Gate()
    let engine = try waitingEngine(gate)
    let stopped = try await suspend(engine, at: gate)
    #expect(stopped.states == ["a": .success, "b": .pending])
    let capture = EventCapture()
    let report = await engine.resume(stopped.machine, listeners: [capture.only(.flow)])
    #expect(report.state == .success)
    #expect(script.log.lines == ["a+", "b+"])
    #expect(capture.events.map { "\($0.kind)".contains("suspended") } == [true, false])
  }

  @Test func `what was interrupted is called again as the same attempt`() async throws {
    let gate = Gate()
    let engine = Engine(
      plan: try compile(
        .linear("all") {
          script.task("a")
          script.task("b", executes: .waits(at: gate), .succeeds)
        }))
    let control = RunControl()
    let task = Task { try await engine.run(control: control) }
    await gate.waitForArrivals(1)
    task.cancel()
    let stopped = try await task.value
    #expect(stopped.states == ["a": .success, "b": .running])
    let report = await engine.resume(stopped.machine)
    #expect(report.state == .success)
    #expect(script.log.calls(of: "b").map(\.attempt) == [1, 1])
    #expect(report.attempts(of: "b") == 1)
  }

  @Test func `a revert that was interrupted is called again`() async throws {
    let gate = Gate()
    let engine = Engine(
      plan: try compile(
        .linear("all") {
          script.task("a")
          script.task("b", executes: .fails("b broke"), reverts: .waits(at: gate), .succeeds)
        }))
    let task = Task { try await engine.run() }
    await gate.waitForArrivals(1)
    task.cancel()
    let stopped = try await task.value
    #expect(stopped.states == ["a": .success, "b": .reverting])
    let report = await engine.resume(stopped.machine)
    #expect(report.state == .reverted)
    #expect(report.failures.map(\.failure.message) == ["b broke"])
    #expect(script.log.lines == ["a+", "b+", "b-", "b-", "a-"])
  }

  @Test func `a failure that nobody was asked about is resolved when that is allowed`() async throws
  {
    let plan = try compile(
      .linear("all", retry: .times("again", attempts: 2)) {
        script.task("a", executes: .fails("a broke"), .succeeds)
      })
    let failed = try await Engine(plan: plan, options: RunOptions(neverResolves: true)).run()
    #expect(failed.state == .failure)
    #expect(failed.states["a"] == .failure)
    let still = await Engine(plan: plan, options: RunOptions(neverResolves: true))
      .resume(failed.machine)
    #expect(still.state == .failure)
    let report = await Engine(plan: plan).resume(failed.machine)
    #expect(report.state == .success)
    #expect(report.recoveredFailures.map(\.failure.message) == ["a broke"])
    #expect(script.log.lines == ["a+", "a-", "a+"])
  }

  @Test func `a run that was undone starts over`() async throws {
    let plan = try compile(
      .linear("all") { script.task("a", executes: .fails("a broke"), .succeeds) })
    let engine = Engine(plan: plan)
    let undone = try await engine.run()
    #expect(undone.state == .reverted)
    let trace = RunTrace(of: plan)
    let report = await engine.resume(undone.machine, listeners: [trace])
    #expect(trace.line() == "a▶ a✓ · success")
    #expect(report.attempts(of: "a") == 1)
    #expect(report.failures.isEmpty)
  }

  @Test func `a run that succeeded or is dirty ends as it did`() async throws {
    let good = Engine(plan: try compile(.linear("all") { script.task("a") }))
    let done = try await good.run()
    #expect(await good.resume(done.machine).state == .success)
    let bad = Engine(
      plan: try compile(
        .linear("all") { script.task("b", executes: .fails("1"), reverts: .fails("2")) }))
    let dirty = try await bad.run()
    let report = await bad.resume(dirty.machine)
    #expect(report.state == .failure)
    #expect(report.isDirty)
    #expect(script.log.lines == ["a+", "b+", "b-"])
  }

  @Test func `a run that is stopped before it is taken up stays suspended`() async throws {
    let gate = Gate()
    let engine = try waitingEngine(gate)
    let stopped = try await suspend(engine, at: gate)
    let control = RunControl()
    control.suspend()
    let report = await engine.resume(stopped.machine, control: control)
    #expect(report.state == .suspended)
    #expect(await engine.resume(report.machine).state == .success)
  }

  @Test(arguments: ["success", "failure", "reverted", "suspended"])
  func `reset forgets everything, from every end`(end: String) async throws {
    let gate = Gate()
    let flow = Flow.linear("all", retry: .times("again", attempts: 1)) {
      script.task("a", executes: .waits(at: gate))
      script.task(
        "b", executes: end == "success" ? .succeeds : .fails("b broke"),
        reverts: end == "failure" ? .fails("stuck") : .succeeds)
    }
    let engine = Engine(plan: try compile(flow))
    if end != "suspended" { gate.open() }
    let report =
      end == "suspended" ? try await suspend(engine, at: gate) : try await engine.run()
    #expect(
      "\(report.machine.flowState)" == (["failure": "failed", "success": "succeeded"][end] ?? end))
    var machine = report.machine
    try machine.reset()
    #expect(machine.flowState == .pending)
    #expect(Set(machine.states) == [.pending])
    #expect(Set(machine.intentions) == [.execute])
    #expect(machine.failures.isEmpty && machine.revertFailures.isEmpty)
    #expect(report.atoms.allSatisfy { machine.result(of: $0.node) == nil })
    #expect(machine.history(of: report.node("again"))?.count == 0)
    let before = script.log.lines.count
    _ = await engine.resume(machine)
    #expect(script.log.lines.count >= before + 2)
  }

  @Test func `a run that is under way can't be reset`() async throws {
    var machine = RunMachine(plan: try compile(.linear("all") { script.task("a") }))
    _ = machine.start()
    #expect(throws: RunUnderWay.self) { try machine.reset() }
    #expect(machine.flowState == .running)
  }

  @Test func `a deadline suspends the run, and what runs then finishes`() async throws {
    let clock = ManualClock()
    let gate = Gate()
    let engine = Engine(
      plan: try compile(
        .linear("all") {
          script.task("a", executes: .waits(at: gate))
          script.task("b")
        }), clock: clock)
    let control = RunControl()
    let suspending = EventSequence(.flow)
    let task = Task {
      try await engine.run(control: control, deadline: .seconds(60), listeners: [suspending])
    }
    await gate.waitForArrivals(1)
    await clock.waitForSleeps(1)
    clock.advance(by: .seconds(60))
    for await event in suspending {
      if case .flowChanged(_, .suspending) = event.kind { gate.open() }
    }
    let report = try await task.value
    #expect(report.state == .suspended)
    #expect(report.states == ["a": .success, "b": .pending])
    #expect(clock.sleeperCount == 0)
  }

  @Test func `a run that ends before its deadline leaves no timer behind`() async throws {
    let clock = ManualClock()
    let engine = Engine(plan: try compile(.linear("all") { script.task("a") }), clock: clock)
    #expect(try await engine.run(deadline: .seconds(60)).state == .success)
    #expect(clock.sleeperCount == 0)
  }
}
