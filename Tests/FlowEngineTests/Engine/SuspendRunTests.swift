import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct SuspendRunTests {
  private let log = RunLog()
  private let script = TaskScript()

  private func start(_ flow: Flow, control: RunControl = RunControl()) throws -> Task<
    RunReport, any Error
  > {
    let engine = Engine(plan: try compile(flow))
    return Task { try await engine.run(control: control, listener: log.listener) }
  }

  @Test func `a stop before the run starts lets nothing start`() async throws {
    let control = RunControl()
    control.suspend()
    let report = try await start(.linear("all") { script.task("a") }, control: control).value
    #expect(report.state == .suspended)
    #expect(report.states == ["a": .pending])
    #expect(script.log.lines.isEmpty)
  }

  @Test func `a stop before the run of an empty flow changes nothing`() async throws {
    let control = RunControl()
    control.suspend()
    #expect(try await start(.linear("all"), control: control).value.state == .success)
  }

  @Test func `what runs finishes, and nothing new starts`() async throws {
    let (control, gate) = (RunControl(), Gate())
    let task = try start(
      .linear("all") {
        FlowTask("a") { try await gate.pass() }
        script.task("b")
      }, control: control)
    await gate.waitForArrivals(1)
    control.suspend()
    control.suspend()
    gate.open()
    let report = try await task.value
    #expect(report.state == .suspended)
    #expect(report.states == ["a": .success, "b": .pending])
    let changes = log.events.compactMap { event -> FlowState? in
      if case .flowChanged(_, let state) = event.kind { state } else { nil }
    }
    #expect(changes == [.running, .suspending, .suspended])
  }

  @Test func `a stop in the last task leaves nothing to do, so the run succeeds`() async throws {
    let (control, gate) = (RunControl(), Gate())
    let task = try start(
      .linear("all") { FlowTask("a") { try await gate.pass() } }, control: control)
    await gate.waitForArrivals(1)
    control.suspend()
    gate.open()
    #expect(try await task.value.state == .success)
  }

  @Test func `a failure after a stop is left to be resolved`() async throws {
    let (control, gate) = (RunControl(), Gate())
    let task = try start(
      .linear("all") {
        script.task("a")
        script.task("b", executes: .waits(at: gate, then: .fails("b broke")))
      }, control: control)
    await gate.waitForArrivals(1)
    control.suspend()
    gate.open()
    let report = try await task.value
    #expect(report.state == .suspended)
    #expect(report.states == ["a": .success, "b": .failure])
    #expect(report.atoms.map(\.intention) == [.revert, .revert])
    #expect(throws: Never.self) { try report.throwFailures() }
  }

  // MARK: Cancellation of the caller

  @Test func `when the caller is cancelled a body that gives up was interrupted, not failed`()
    async throws
  {
    let gate = Gate()
    let task = try start(
      .linear("all", retry: .times("again", attempts: 2)) {
        script.task("a")
        FlowTask("b") { try await gate.pass() }
        script.task("c")
      })
    await gate.waitForArrivals(1)
    task.cancel()
    let report = try await task.value
    #expect(report.state == .suspended)
    #expect(
      report.states == ["again": .success, "a": .success, "b": .running, "c": .pending])
    #expect(report.failures.isEmpty)
    #expect(script.log.lines == ["a+"])
    #expect(gate.waitingCount == 0)
  }

  @Test func `when the caller is cancelled what a body still returns is kept`() async throws {
    let gate = Gate()
    let symbol = Symbol<Int>("symbol")
    let task = try start(
      .linear("all") {
        FlowTask("a", provides: symbol) {
          await gate.passRegardless()
          return 3
        }
        .timeout(.seconds(1000))
        script.task("b")
      })
    await gate.waitForArrivals(1)
    task.cancel()
    gate.open()
    let report = try await task.value
    #expect(report.state == .suspended)
    #expect(report.states == ["a": .success, "b": .pending])
    #expect(try report.value(of: symbol) == 3)
  }

  @Test func `when the caller is cancelled a revert that gives up stays reverting`() async throws {
    let gate = Gate()
    let task = try start(
      .linear("all") {
        script.task("a")
        script.task("b", executes: .fails("b broke"), reverts: .waits(at: gate))
      })
    await gate.waitForArrivals(1)
    task.cancel()
    let report = try await task.value
    #expect(report.state == .suspended)
    #expect(report.states == ["a": .success, "b": .reverting])
    #expect(report.revertFailures.isEmpty)
  }

  @Test func `a caller that is cancelled before starts nothing`() async throws {
    let gate = Gate()
    let engine = Engine(plan: try compile(.linear("all") { script.task("a") }))
    let task = Task {
      await gate.passRegardless()
      return try await engine.run()
    }
    task.cancel()
    gate.open()
    #expect(try await task.value.state == .suspended)
    #expect(script.log.lines.isEmpty)
  }

  @Test func `a listener can stop the run`() async throws {
    let control = RunControl()
    let engine = Engine(
      plan: try compile(.linear("all") { for i in 0..<9 { script.task("\(i)") } }))
    let report = try await engine.run(control: control) { event in
      if case .atomChanged(3, _, .success, _, _) = event.kind { control.suspend() }
    }
    // What starts because of an event is decided when listeners are told about it.
    #expect(report.state == .suspended)
    #expect(script.log.lines == ["0+", "1+", "2+", "3+"])
  }

  @Test func `a run that has ended keeps nothing alive`() async throws {
    final class Witness: Sendable {}
    weak var witness: Witness?
    let control = RunControl()
    do {
      let held = Witness()
      witness = held
      let flow = Flow.linear("all") {
        FlowTask("a") { _ = held }
        FlowTask("b") {
          _ = held
          throw Failure("b broke")
        }
        .timeout(.seconds(3000))
        .reverting(timeout: .seconds(3000)) { _ in _ = held }
      }
      let engine = Engine(plan: try compile(flow))
      _ = try await engine.run(control: control) { _ in _ = held }
    }
    #expect(witness == nil)
    control.suspend()
  }
}
