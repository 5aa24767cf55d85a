import Synchronization
import TaskFlow

/// Keeps runs for as long as it lives itself: for tests, and for programs that don't need more.
public final class MemoryRunStore: RunStore {
  private struct State {
    var runs: [String: KeptRun] = [:]
    /// The names in the order in which the runs were made.
    var order: [String] = []
    var owned: Set<String> = []
  }

  private let state = Mutex(State())

  /// A store of nothing.
  public init() {}

  public func make(_ head: RunHead, owner: RunOwner) throws(StoreFailure) -> RunLease {
    try state.withLock { state throws(StoreFailure) in
      guard state.runs[head.id] == nil else { throw .known(head.id) }
      state.runs[head.id] = KeptRun(StoredRun(head: head, owner: owner))
      state.order.append(head.id)
      state.owned.insert(head.id)
      return RunLease(id: head.id, epoch: 1)
    }
  }

  public func take(
    _ id: String, owner: RunOwner
  ) throws(StoreFailure) -> (RunLease, StoredRun) {
    try state.withLock { state throws(StoreFailure) in
      guard var run = state.runs[id]?.run else { throw .unknown(id) }
      guard state.owned.insert(id).inserted else { throw .owned(id, by: run.owner) }
      run.epoch += 1
      run.owner = owner
      state.runs[id]?.run = run
      return (RunLease(id: id, epoch: run.epoch), run)
    }
  }

  public func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure) {
    try state.withLock { state throws(StoreFailure) in
      guard let run = state.runs[lease.id]?.run else { throw .unknown(lease.id) }
      guard run.epoch == lease.epoch else { throw .owned(lease.id, by: run.owner) }
      state.runs[lease.id]?.apply(changes)
    }
  }

  public func release(_ lease: RunLease) {
    state.withLock { state in
      if state.runs[lease.id]?.run.epoch == lease.epoch { state.owned.remove(lease.id) }
    }
  }

  public func run(_ id: String) -> StoredRun? { state.withLock { $0.runs[id]?.run } }

  public func runs() -> [StoredRun] {
    state.withLock { state in
      state.order.reversed().compactMap { id in
        guard var run = state.runs[id]?.run else { return nil }
        run.head.outline = PlanOutline()
        run.atoms = [:]
        run.failures = []
        run.calls = []
        return run
      }
    }
  }

  public func remove(_ id: String) throws(StoreFailure) {
    try state.withLock { state throws(StoreFailure) in
      guard let run = state.runs[id]?.run else { throw .unknown(id) }
      guard !state.owned.contains(id) else { throw .owned(id, by: run.owner) }
      state.runs[id] = nil
      state.order.removeAll { $0 == id }
    }
  }
}

/// A run, with the places of its calls.
private struct KeptRun {
  private struct CallKey: Hashable {
    var atom: String
    var action: TaskContext.Action
    var attempt: Int
  }

  var run: StoredRun
  private var places: [CallKey: Int] = [:]

  init(_ run: StoredRun) { self.run = run }

  mutating func apply(_ changes: RunChanges) {
    run.apply(changes)
    for call in changes.calls {
      let key = CallKey(atom: call.atom, action: call.action, attempt: call.attempt)
      if let place = places[key] {
        run.calls[place] = call
      } else {
        places[key] = run.calls.count
        run.calls.append(call)
      }
    }
  }
}

extension StoredRun {
  /// Changes all that was kept but the calls.
  package mutating func apply(_ changes: RunChanges) {
    standing = changes.standing
    if let outline = changes.outline { head.outline = outline }
    for (name, atom) in changes.atoms { atoms[name] = atom }
    for failure in changes.failures {
      if failure.serial < failures.count {
        failures[failure.serial] = failure
      } else {
        failures.append(failure)
      }
    }
  }
}

extension StoreFailure {
  /// The error for a run that there is not.
  public static func unknown(_ id: String) -> StoreFailure {
    StoreFailure(.unknownRun, "there is no run '\(id)'")
  }

  /// The error for a run that there is.
  public static func known(_ id: String) -> StoreFailure {
    StoreFailure(.knownRun, "there is a run '\(id)' already")
  }

  /// The error for a run that somebody has.
  public static func owned(_ id: String, by owner: RunOwner?) -> StoreFailure {
    let name = owner.map { " process \($0.process) on \($0.host)" } ?? " another process"
    return StoreFailure(.owned(owner), "run '\(id)' belongs to\(name)")
  }
}
