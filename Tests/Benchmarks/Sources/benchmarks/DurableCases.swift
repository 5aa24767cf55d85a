import FlowEngine
import FlowStoreSQLite
import Foundation
import Synchronization
import TaskFlow

/// Runs that are kept in a file: what that costs a task, in saves and in processor time.
enum DurableCases {
  /// Prints rows for each, or for those of one durability.
  static func run(only chosen: String? = nil) async throws {
    for durability in SQLiteRunStore.Durability.allCases
    where chosen == nil || chosen == durability.rawValue {
      for shape in [Shape.linear, .unordered] {
        try await measure(shape, durability)
      }
    }
  }

  private static func measure(
    _ shape: Shape, _ durability: SQLiteRunStore.Durability
  ) async throws {
    let count = 1000
    guard let plan = Compiler().compile(shape.flow(of: count)).plan else {
      throw Failure("the flow is wrong")
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = CountingStore(
      try SQLiteRunStore(path: folder.appending(path: "runs.db").path, durability: durability))
    let engine = Engine(plan: plan)
    var times: [Duration] = []
    var processor: [Duration] = []
    let rounds = 15
    for round in 0..<rounds {
      let head = try RunHead(id: "run-\(round)", plan: plan)
      let (start, before) = (ContinuousClock.now, processorTime())
      try await check(engine.run(head, in: store))
      times.append(ContinuousClock.now - start)
      processor.append(processorTime() - before)
    }
    let name = "kept, \(durability.rawValue): \(count) \(shape.rawValue)"
    Table.row(name, times.sorted()[rounds / 2])
    Table.row("  processor time a task", processor.sorted()[rounds / 2] / count)
    Table.row("  saves a task", Double(store.saves) / Double(rounds * count))
  }

  private static func processorTime() -> Duration {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func duration(_ time: timeval) -> Duration {
      .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
    return duration(usage.ru_utime) + duration(usage.ru_stime)
  }
}

/// A store that counts how often something is saved.
private final class CountingStore: ForwardingRunStore {
  let base: any RunStore
  private let count = Mutex(0)

  init(_ base: any RunStore) { self.base = base }

  var saves: Int { count.withLock { $0 } }

  func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure) {
    count.withLock { $0 += 1 }
    try base.save(changes, as: lease)
  }
}
