import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// What becomes of a task that is run at most once and whose end nobody knows.
struct AtMostOnceTests {
  private let script = TaskScript()
  private let receipt = Symbol<String>("receipt")

  private func engine() throws -> Engine {
    Engine(
      plan: try compile(
        .linear("order") {
          script.task("reserve")
          script.task("pay", provides: receipt, executes: .provides("r1")).atMostOnce()
          script.task("thank", requires: receipt)
        }))
  }

  /// A run whose engine dies when `pay` has begun, before or after it was called.
  private func interruptedRun(
    _ engine: Engine, in store: MemoryRunStore, wasCalled: Bool
  ) async throws {
    let broken = BreakingStore(store, saves: wasCalled ? 2 : 1, keepsLast: !wasCalled)
    let report = try await engine.run(RunHead(id: "run", plan: engine.plan), in: broken)
    #expect(report.storeFailure != nil)
    #expect(store.run("run")?.atoms["pay"]?.state == .running)
    #expect(script.log.lines.contains("pay+") == wasCalled)
  }

  private func resumed(
    _ engine: Engine, in store: MemoryRunStore, _ verdict: UnfinishedVerdict? = nil
  ) async throws -> (report: RunReport, lines: [String]) {
    let before = script.log.lines.count
    let report = try await engine.resume(
      "run", in: store, remedy: verdict.map { .settle(["pay": $0]) })
    return (report, Array(script.log.lines[before...]))
  }

  @Test(arguments: [true, false])
  func `a run stops before a task of which nobody knows whether it was done`(wasCalled: Bool)
    async throws
  {
    let (engine, store) = (try engine(), MemoryRunStore())
    try await interruptedRun(engine, in: store, wasCalled: wasCalled)
    for _ in 1...2 {
      let (report, lines) = try await resumed(engine, in: store)
      #expect(report.state == .suspended)
      #expect(report.machine.undecided.map { engine.plan.name(of: $0) } == ["pay"])
      #expect(lines == [])
    }
  }

  @Test func `it is run again only when somebody says so`() async throws {
    let (engine, store) = (try engine(), MemoryRunStore())
    try await interruptedRun(engine, in: store, wasCalled: true)
    let (report, lines) = try await resumed(engine, in: store, .again)
    #expect(report.state == .success)
    #expect(lines == ["pay+", "thank+"])
    #expect(report.machine.undecided == [])
  }

  @Test func `what it provided is said with the verdict that it was done`() async throws {
    let (engine, store) = (try engine(), MemoryRunStore())
    try await interruptedRun(engine, in: store, wasCalled: true)
    await #expect(throws: StoreFailure.self) {
      _ = try await resumed(engine, in: store, .done([:]))
    }
    await #expect(throws: StoreFailure.self) {
      _ = try await resumed(engine, in: store, .done(["receipt": "r2", "other": 1]))
    }
    let (report, lines) = try await resumed(engine, in: store, .done(["receipt": "r2"]))
    #expect(report.state == .success)
    #expect(lines.count == 1)
    #expect(try report.values["receipt"]?.value(as: String.self) == "r2")
  }

  @Test func `when it failed the run is undone`() async throws {
    let (engine, store) = (try engine(), MemoryRunStore())
    try await interruptedRun(engine, in: store, wasCalled: true)
    let (report, lines) = try await resumed(engine, in: store, .failed)
    #expect(report.state == .reverted)
    #expect(report.failures.map(\.atom) == ["pay"])
    #expect(lines == ["pay-", "reserve-"])
  }

  @Test func `a verdict about another task is refused, and nothing is changed`() async throws {
    let (engine, store) = (try engine(), MemoryRunStore())
    try await interruptedRun(engine, in: store, wasCalled: true)
    await #expect(throws: StoreFailure.self) {
      _ = try await engine.resume("run", in: store, remedy: .settle(["reserve": .failed]))
    }
    #expect(try await resumed(engine, in: store).report.state == .suspended)
  }

  @Test(arguments: 0...1)
  func `a verdict is kept before anything is done about it`(saves: Int) async throws {
    let (engine, store) = (try engine(), MemoryRunStore())
    try await interruptedRun(engine, in: store, wasCalled: true)
    let report = try? await engine.resume(
      "run", in: BreakingStore(store, saves: saves, keepsLast: true),
      remedy: .settle(["pay": .failed]))
    #expect(report == nil || report?.storeFailure != nil)
    #expect(try await resumed(engine, in: store).report.state == .reverted)
  }
}

/// A run that is cancelled.
struct CancelledRunTests {
  private func flow(_ script: TaskScript, failing: Bool) -> Flow {
    .graph("all") {
      script.task("a")
      script.task("b", executes: failing ? .fails("no") : .succeeds)
      Flow.linear("inner", retry: .times("twice", attempts: 2)) {
        script.task("c", executes: .fails("again"), .succeeds)
        script.task("d")
      }
    }
  }

  @Test(arguments: [true, false])
  func `wherever it stands, all that was begun is undone, and nothing else is done`(failing: Bool)
    async throws
  {
    var saves = 0
    var isOver = false
    while !isOver {
      let script = TaskScript()
      let store = MemoryRunStore()
      let engine = Engine(plan: try compile(flow(script, failing: failing)))
      let broken = BreakingStore(store, saves: saves, keepsLast: true)
      let report = try await engine.run(RunHead(id: "run", plan: engine.plan), in: broken)
      isOver = report.storeFailure == nil
      let before = script.log.lines.count
      let cancelled = try await engine.resume("run", in: store, remedy: .undo)
      let after = script.log.lines[before...]
      if store.run("run")?.standing.state == .reverted {
        #expect(cancelled.state == .reverted, "\(saves)")
        #expect(after.allSatisfy { $0.hasSuffix("-") }, "\(saves): \(after)")
        let left = cancelled.atoms.filter { ![.pending, .reverted].contains($0.state) }
        #expect(left.isEmpty, "\(saves): \(left.map { "\($0.name) \($0.state)" }) \(after)")
      }
      saves += 1
    }
    #expect(saves > 5)
  }
}
