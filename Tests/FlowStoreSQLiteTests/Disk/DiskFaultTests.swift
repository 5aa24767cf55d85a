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

  /// What to do at which call, and what must come of it.
  private struct Case {
    var fault: FaultyDisk.Fault
    var persistence: FaultyDisk.Persistence
    /// What an engine that was killed has left behind; `nil` when there is nothing yet.
    var image: DiskImage?
    var whole: DiskWorld.Traces
    var number = 1

    /// Every other time the store that has failed goes on itself, else another one does.
    var keepsStore: Bool { number.isMultiple(of: 2) }
  }

  @Test(arguments: FaultyDisk.Fault.allCases, FaultyDisk.Persistence.allCases)
  func `a run whose disk fails at any call says so, and ends as on a good disk when it is taken up`(
    fault: FaultyDisk.Fault, persistence: FaultyDisk.Persistence
  ) async throws {
    try await all(
      Case(fault: fault, persistence: persistence, whole: try await DiskWorld.whole()))
  }

  @Test(arguments: FaultyDisk.Fault.allCases, FaultyDisk.Persistence.allCases)
  func `a run that was killed is taken up so on a disk that fails at any call`(
    fault: FaultyDisk.Fault, persistence: FaultyDisk.Persistence
  ) async throws {
    try await all(
      Case(
        fault: fault, persistence: persistence, image: try await DiskImage.ofKilledProgram(),
        whole: try await DiskWorld.whole()))
  }

  private func all(_ first: Case) async throws {
    var next = first
    while next.number < 2000 {
      let wasHit = try await fails(next)
      // The calls of closing are made by a store that is not kept.
      if !wasHit, !next.keepsStore { break }
      next.number += 1
    }
    #expect((6..<2000).contains(next.number))
  }

  /// Runs with a disk that fails with a call, and goes on with it once the disk is good again.
  ///
  /// - Returns: whether there was such a call.
  private func fails(_ point: Case) async throws -> Bool {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    try point.image?.write(to: disk)
    let world = try DiskWorld()
    let events = EventCapture()
    disk.fail(point.fault, point.persistence, atCall: point.number)
    let (outcome, kept) = try await run(world, on: disk, point, events)
    let failed = disk.mend()
    let label: Comment = "call \(point.number): \(failed.first.map { "\($0)" } ?? "none")"
    check(outcome, of: point, path: disk.path, hit: failed, label)
    if case .refused = outcome { #expect(world.effects.all.isEmpty, label) }

    let store = try kept ?? SQLiteRunStore(path: disk.path)
    #expect(try store.damage() == nil, label)
    let stored = try store.run("run")
    if let stored { check(events.take(), against: stored, world, label) }
    _ =
      stored == nil
      ? try await world.engine.run(world.head, in: store)
      : try await world.engine.resume("run", in: store)
    let traces = DiskWorld.Traces(
      try #require(try store.run("run")), effects: world.effects, before: point.image?.effects)
    #expect(traces.end == point.whole.end, label)
    #expect(Set(traces.effects.keys) == Set(point.whole.effects.keys), label)
    // Each break leaves one call of whose end nothing is known.
    let breaks = point.image == nil ? 1 : 2
    #expect(traces.effects.values.reduce(0) { $0 + $1 - 1 } <= breaks, label)
    return !failed.isEmpty
  }

  private func run(
    _ world: DiskWorld, on disk: FaultyDisk, _ point: Case, _ events: EventCapture
  ) async throws -> (Outcome, kept: SQLiteRunStore?) {
    var kept: SQLiteRunStore?
    do {
      let store = try SQLiteRunStore(path: disk.path)
      if point.keepsStore { kept = store }
      let report =
        point.image == nil
        ? try await world.engine.run(world.head, in: store, listeners: [events])
        : try await world.engine.resume("run", in: store, listeners: [events])
      return (report.storeFailure.map(Outcome.broke) ?? .ended(report), kept)
    } catch let failure as StoreFailure {
      return (.refused(failure), kept)
    }
  }

  private func check(
    _ outcome: Outcome, of point: Case, path: String, hit: [FaultyDisk.Call], _ label: Comment
  ) {
    switch outcome {
    case .refused(let failure), .broke(let failure):
      var phrases: Set = [
        point.fault == .full
          ? "could not be written: the disk is full" : "could not be read or written"
      ]
      if hit.contains(where: \.isOpen) { phrases.insert("can't be opened") }
      #expect(phrases.map { "'\(path)' \($0)" }.contains(failure.description), label)
    case .ended(let report):
      #expect(report.state == .reverted, label)
    }
  }

  /// What was told as done is stored as done.
  private func check(
    _ events: [RunEvent], against run: StoredRun, _ world: DiskWorld, _ label: Comment
  ) {
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
}
