public import TaskFlow

/// What a machine has changed since it was last asked, for a store.
struct MachineJournal: Sendable {
  private(set) var nodes: [NodeIndex] = []
  private var isNoted: [Bool]
  var failures: [StoredFailure] = []

  init(nodeCount: Int) { isNoted = Array(repeating: false, count: nodeCount) }

  mutating func note(_ node: NodeIndex) {
    guard !isNoted[Int(node)] else { return }
    isNoted[Int(node)] = true
    nodes.append(node)
  }

  mutating func forget() {
    for node in nodes { isNoted[Int(node)] = false }
    nodes.removeAll(keepingCapacity: true)
    failures.removeAll(keepingCapacity: true)
  }
}

extension RunMachine {
  /// Notes from now on what changes; all that is not as before a run counts as changed.
  package mutating func keepJournal() {
    var journal = MachineJournal(nodeCount: states.count)
    for node in tables.atoms where !isUntouched(node) { journal.note(node) }
    self.journal = journal
  }

  private func isUntouched(_ node: NodeIndex) -> Bool {
    states[Int(node)] == .pending && intentions[Int(node)] == .execute && attempts[Int(node)] == 0
  }

  /// Notes that something of an atom changed.
  mutating func note(_ node: NodeIndex) { journal?.note(node) }

  /// Notes a failure that is new or was recovered from.
  mutating func note(_ failure: MachineFailure, isRevert: Bool = false, recovered: Int? = nil) {
    guard journal != nil else { return }
    let stored = StoredFailure(
      serial: failure.serial, atom: plan.name(of: failure.node), isRevert: isRevert,
      recovered: recovered, failure: failure.failure)
    journal?.failures.append(stored)
  }

  /// What changed since the last time.
  ///
  /// - Parameter encoded: results in the form that stores have, as far as they are known.
  /// - Throws: ``FlowValueConversionError`` when a value's own encoding throws.
  package mutating func takeChanges(encoded: [NodeIndex: StoredResult] = [:]) throws -> RunChanges {
    var changes = RunChanges()
    changes.standing.state = flowState
    changes.standing.statistics = statistics
    changes.standing.isHalted = isHalted
    changes.standing.revertsEverything = revertsEverything
    changes.standing.isDirty = isDirty
    changes.standing.hasLeft = !isDirty && (!acceptedReverts.isEmpty || leavesDone)
    let nodes = journal?.nodes ?? []
    changes.atoms.reserveCapacity(nodes.count)
    for node in nodes where tables.isAtom[Int(node)] {
      let atom = try storedAtom(node, encoded: encoded[node])
      changes.atoms.append((tables.name(ofAtom: node), atom))
    }
    changes.failures = journal?.failures ?? []
    journal?.forget()
    return changes
  }

  /// Whether the run is undone, and something that can be undone stays done outside of a retry that gave up.
  private var leavesDone: Bool {
    flowState == .reverted
      && plan.atoms.contains {
        states[Int($0)] == .success && plan.task(at: $0)?.hasRevert == true
      }
  }

  /// How an atom stands, in the form that stores have.
  package func storedAtom(_ node: NodeIndex, encoded: StoredResult? = nil) throws -> StoredAtom {
    StoredAtom(
      state: states[Int(node)], intention: intentions[Int(node)],
      attempts: Int(attempts[Int(node)]),
      result: try results[Int(node)].map { try encoded ?? StoredResult($0) },
      failure: ownFailures[Int(node)], history: try history(of: node).map { try StoredHistory($0) })
  }

  /// A run as it was stored; one that was under way when its engine died is to be taken up again.
  ///
  /// - Parameters:
  ///   - plan: the plan of the run.
  ///   - stored: the run.
  ///   - options: the rules for what follows.
  /// - Throws: ``StoreFailure`` when the plan has not the atoms of the run.
  public init(
    plan: Plan, stored: StoredRun, options: RunOptions = RunOptions()
  ) throws(StoreFailure) {
    try self.init(tables: RunTables(plan), stored: stored, options: options)
  }

  /// The run as it was stored, with the plan and the rules of this one.
  ///
  /// - Throws: ``StoreFailure`` when the plan has not the atoms of the run.
  package func restored(from stored: StoredRun) throws(StoreFailure) -> RunMachine {
    try RunMachine(tables: tables, stored: stored, options: options)
  }

  init(tables: RunTables, stored: StoredRun, options: RunOptions) throws(StoreFailure) {
    var inputs = stored.head.inputs.mapValues { BoxedValue($0) }
    // The flow may have inputs now that it had not when the run began.
    for input in tables.plan.inputs where inputs[input.symbol] == nil {
      inputs[input.symbol] = input.defaultValue.map { BoxedValue($0) }
    }
    self.init(tables: tables, inputs: inputs, options: options)
    var nodes: [String: NodeIndex] = [:]
    for node in tables.atoms { nodes[plan.name(of: node)] = node }
    for (name, atom) in stored.atoms {
      guard let node = nodes[name] else {
        // It may go before it has begun.
        if atom.state == .pending { continue }
        throw StoreFailure(.broken, "the flow of run '\(stored.head.id)' has no '\(name)' any more")
      }
      restore(node, atom)
    }
    for failure in stored.failures { restore(failure, of: nodes[failure.atom]) }
    recoveredFailures.sort { $0.recovered < $1.recovered }
    // Somebody has said that these are to be called again.
    let dirty = Set(revertFailures.map(\.node))
    for node in tables.atoms where states[Int(node)] == .revertFailure && !dirty.contains(node) {
      retriedReverts.insert(node)
    }
    failureCount = stored.failures.count
    statistics = stored.standing.statistics
    isHalted = stored.standing.isHalted
    revertsEverything = stored.standing.revertsEverything
    let state = stored.standing.state
    flowState = state == .running || state == .suspending ? .resuming : state
    restoreReadiness()
  }

  private mutating func restore(_ node: NodeIndex, _ atom: StoredAtom) {
    states[Int(node)] = atom.state
    intentions[Int(node)] = atom.intention
    attempts[Int(node)] = Int32(clamping: atom.attempts)
    results[Int(node)] = atom.result?.result
    ownFailures[Int(node)] = atom.failure
    if let history = atom.history, case .retry(let index) = plan.nodes[Int(node)].kind {
      histories[Int(index)] = history.history
    }
    if atom.state == .running || atom.state == .reverting { interrupted.insert(node) }
    if atom.state.isDone { settledCount += 1 }
  }

  private mutating func restore(_ stored: StoredFailure, of node: NodeIndex?) {
    guard let node else { return }
    let failure = MachineFailure(
      node: node, failure: stored.failure, serial: stored.serial, recovered: stored.recovered ?? 0)
    if stored.isRevert {
      if stored.recovered == nil {
        revertFailures.append(failure)
      } else {
        failedReverts[node, default: 0] += 1
        if stored.isAccepted { acceptedReverts.append(failure) }
      }
    } else if stored.recovered != nil {
      recoveredFailures.append(failure)
    } else {
      failures.append(failure)
      // That of a decision is none of `execute`.
      if ownFailures[Int(node)] != nil { failureLog.append(stored.failure, of: stored.atom) }
    }
  }

  /// Counts anew what is passed and undone, and queues what is ready.
  private mutating func restoreReadiness() {
    let (isAtom, states) = (tables.isAtom, states)
    passed = Passage(
      nodeCount: states.count, ownSettled: { !isAtom[$0] || states[$0].isDone },
      incoming: plan.predecessors, outgoing: plan.graph)
    if intentions.contains(where: { $0 == .revert || $0 == .retry }) { trackUndone() }
    guard flowState != .pending else { return }
    for node in tables.atoms where canExecute(node) || canRevert(node) { enqueue(node) }
  }
}

/// A failure of a run's atom.
public struct MachineFailure: Sendable {
  /// The atom's node in the plan.
  public let node: NodeIndex
  /// What went wrong.
  public let failure: Failure
  /// The place in the order in which failures happened.
  let serial: Int
  /// The place among those that the run recovered from, once it has.
  var recovered = 0
}
