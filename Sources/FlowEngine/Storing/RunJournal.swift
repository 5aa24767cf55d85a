import TaskFlow

/// A run in its store while it goes on: the right to write to it, and what is under way.
struct RunJournal: Sendable {
  let store: any RunStore
  let lease: RunLease
  private let now: @Sendable () -> Int64

  /// Calls under way, by the atom.
  private var open: [NodeIndex: StoredCall] = [:]
  /// Calls that began or ended since the last time.
  private var calls: [StoredCall] = []
  /// What the plan is now, when it is another than is kept.
  var outline: PlanOutline?
  /// Results that came since the last time, in the form that stores have.
  private var results: [NodeIndex: StoredResult] = [:]

  /// A run that is owned.
  ///
  /// - Parameter now: the time of day, in microseconds since 1970.
  init(
    store: any RunStore, lease: RunLease, now: @escaping @Sendable () -> Int64 = { WallTime.now }
  ) {
    self.store = store
    self.lease = lease
    self.now = now
  }

  /// What comes of a call, as far as it can be kept: a result that can't be encoded is a failure of its
  /// atom (semantics 6.10).
  mutating func admit(_ event: MachineEvent) -> MachineEvent {
    guard case .executed(let node, let result) = event else { return event }
    do {
      results[node] = try StoredResult(result)
      return event
    } catch {
      return .executionFailed(node, Failure(error))
    }
  }

  /// Notes that a call begins.
  mutating func begin(
    _ node: NodeIndex, _ atom: String, _ action: TaskContext.Action, attempt: Int
  ) {
    let call = StoredCall(atom: atom, action: action, attempt: attempt, began: now())
    open[node] = call
    calls.append(call)
  }

  /// Notes what came of a call.
  mutating func note(_ event: MachineEvent) {
    guard let node = event.endedCall, var call = open.removeValue(forKey: node) else { return }
    switch event {
    case .executionFailed(_, let failure), .revertFailed(_, let failure): call.failure = failure
    // Nothing is known of the end.
    case .interrupted: return
    default: break
    }
    call.ended = now()
    calls.append(call)
  }

  /// Keeps all that changed since the last time, if something did.
  mutating func save(_ machine: inout RunMachine) throws(StoreFailure) {
    var changes: RunChanges
    do {
      changes = try machine.takeChanges(encoded: results)
    } catch {
      throw StoreFailure(.broken, "what the run did can't be kept: \(error)")
    }
    results.removeAll(keepingCapacity: true)
    changes.calls = calls
    calls.removeAll(keepingCapacity: true)
    changes.standing.saved = now()
    changes.outline = outline
    outline = nil
    try store.save(changes, as: lease)
  }
}
