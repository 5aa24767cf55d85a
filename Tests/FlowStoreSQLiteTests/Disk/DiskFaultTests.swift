import FlowEngine
import FlowStoreSQLite
import TaskFlow
import TaskFlowTesting
import Testing

/// The disk of a store fails at the first call that SQLite makes, at the second, and so on until none fails
/// any more.
struct DiskFaultTests {
  /// How the run of a failing disk went.
  private enum Outcome {
    /// It was never begun.
    case refused(StoreFailure)
    /// It was given up.
    case broke(StoreFailure)
    case ended(RunReport)
  }

  /// What may be said of a file after its path.
  private static let phrases: Set = [
    "could not be read or written", "could not be written: the disk is full", "can't be opened",
    "can't be written so that it outlives a power cut",
  ]

  @Test(arguments: FaultyDisk.Fault.allCases, FaultyDisk.Persistence.allCases)
  func `a run whose disk fails at any call says so, and ends as on a good disk when it is taken up`(
    fault: FaultyDisk.Fault, persistence: FaultyDisk.Persistence
  ) async throws {
    var number = 1
    while try await fails(fault, persistence, atCall: number), number < 2000 { number += 1 }
    #expect((10..<2000).contains(number))
  }

  /// Runs with a disk that fails with a call, and goes on with it once the disk is good again.
  ///
  /// - Returns: whether there was such a call.
  private func fails(
    _ fault: FaultyDisk.Fault, _ persistence: FaultyDisk.Persistence, atCall number: Int
  ) async throws -> Bool {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let world = try DiskWorld()
    let events = EventCapture()
    disk.fail(fault, persistence, atCall: number)
    let outcome = try await run(world, path: disk.path, events)
    let failed = disk.mend()
    let label: Comment = "call \(number): \(failed.first.map { "\($0)" } ?? "none")"
    check(outcome, path: disk.path, label)
    if case .refused = outcome { #expect(world.effects.all.isEmpty, label) }

    let store = try SQLiteRunStore(path: disk.path)
    #expect(try store.damage() == nil, label)
    let stored = try store.run("run")
    if let stored { try check(events.take(), against: stored, world, label) }
    _ =
      stored == nil
      ? try await world.engine.run(world.head, in: store)
      : try await world.engine.resume("run", in: store)
    let run = try #require(try store.run("run"))
    let whole = try await Self.whole()
    #expect(DiskWorld.End(run) == whole.end, label)
    #expect(Set(world.effects.all.keys) == Set(whole.effects.keys), label)
    #expect(world.effects.all.values.reduce(0) { $0 + $1 - 1 } <= 1, label)
    return !failed.isEmpty
  }

  private func run(
    _ world: DiskWorld, path: String, _ events: EventCapture
  ) async throws -> Outcome {
    do {
      let store = try SQLiteRunStore(path: path)
      let report = try await world.engine.run(world.head, in: store, listeners: [events])
      return report.storeFailure.map(Outcome.broke) ?? .ended(report)
    } catch let failure as StoreFailure {
      return .refused(failure)
    }
  }

  private func check(_ outcome: Outcome, path: String, _ label: Comment) {
    switch outcome {
    case .refused(let failure), .broke(let failure):
      #expect(Self.phrases.map { "'\(path)' \($0)" }.contains(failure.description), label)
    case .ended(let report):
      #expect(report.state == .reverted, label)
    }
  }

  /// What was told as done is stored as done.
  private func check(
    _ events: [RunEvent], against run: StoredRun, _ world: DiskWorld, _ label: Comment
  ) throws {
    let plan = world.engine.plan
    for case .atomChanged(let node, let old, _, let attempt, _) in events.map(\.kind)
    where [.running, .reverting].contains(old) && plan.controller(at: node) == nil {
      let action: TaskContext.Action = old == .running ? .execute : .revert
      let call = run.calls.first {
        $0.atom == plan.name(of: node) && $0.action == action && $0.attempt == attempt
      }
      #expect(call?.ended != nil, "\(label): \(plan.name(of: node)) \(action) \(attempt)")
    }
  }

  /// The run on a good disk.
  private static func whole() async throws -> (end: DiskWorld.End, effects: [String: Int]) {
    let world = try DiskWorld()
    let store = MemoryRunStore()
    _ = try await world.engine.run(world.head, in: store)
    let run = try #require(store.run("run"))
    return (DiskWorld.End(run), world.effects.all)
  }
}
