import FlowGraph
import TaskFlow

extension RunMachine {
  /// Starts what is ready, up to the limit, and ends the run when nothing is left to do.
  mutating func startReady() {
    while !isHalted, !isSuspended, hasRoom, let node = ready.popFirst() {
      if canExecute(node) {
        decideAndExecute(node)
      } else if canRevert(node) {
        intentions[Int(node)] == .retry ? retry(node) : revert(node)
      }
    }
    statistics.mostAtOnce = max(statistics.mostAtOnce, runningCount)
    if runningCount == 0, pausing.isEmpty { finish() }
  }

  private var hasRoom: Bool { options.concurrencyLimit.map { runningCount < $0 } ?? true }

  func canExecute(_ node: NodeIndex) -> Bool {
    states[Int(node)] == .pending && intentions[Int(node)] == .execute
      && passed.open[Int(node)] == 0
  }

  func canRevert(_ node: NodeIndex) -> Bool {
    let state = states[Int(node)]
    let intention = intentions[Int(node)]
    return (state == .success || state == .failure || retriedReverts.contains(node))
      && (intention == .revert || intention == .retry) && isFreeToBeUndone(node)
      && !pausing.contains(node)
  }

  // MARK: Executing

  private mutating func decideAndExecute(_ node: NodeIndex) {
    do {
      if let depth = try skipDepth(of: node) {
        skip(node, depth: depth)
      } else {
        execute(node)
      }
    } catch {
      begin(node)
      fail(node, Failure(error))
    }
  }

  private mutating func begin(_ node: NodeIndex) {
    attempts[Int(node)] += 1
    change(node, to: .running)
  }

  private mutating func execute(_ node: NodeIndex) {
    begin(node)
    callExecute(node)
  }

  /// Has `execute` of an atom called that counts as running.
  mutating func callExecute(_ node: NodeIndex) {
    do {
      let call = MachineAction.Call(
        attempt: Int(attempts[Int(node)]),
        values: try values(of: node, for: .execute), history: history(of: node))
      count(callOf: node)
      actions.append(.execute(node, call))
    } catch {
      fail(node, error)
    }
  }

  mutating func succeed(_ node: NodeIndex, _ result: consuming AtomResult) {
    reportLacks(of: node, result)
    if case .retry(let index) = plan.nodes[Int(node)].kind {
      histories[Int(index)].begin(value: result.elements.first ?? result.whole)
    }
    results[Int(node)] = consume result
    change(node, to: .success)
    // Its intention may have become REVERT while it ran.
    if intentions[Int(node)] != .execute { enqueue(node) }
  }

  /// Tells which symbols the result has no value for.
  private mutating func reportLacks(of node: NodeIndex, _ result: AtomResult) {
    let count = Int(tables.providedCount[Int(node)])
    let isComplete =
      count <= result.elements.count && (0..<count).allSatisfy { result.elements[$0] != nil }
    guard !isComplete else { return }
    for (index, item) in plan.provision(of: node).items.enumerated()
    where index >= result.elements.count || result.elements[index] == nil {
      actions.append(.resultLacks(node, symbol: item.symbol))
    }
  }

  mutating func fail(_ node: NodeIndex, _ failure: Failure) {
    ownFailures[Int(node)] = failure
    failureLog.append(failure, of: plan.name(of: node))
    append(failure, of: node)
    if case .retry(let index) = plan.nodes[Int(node)].kind {
      histories[Int(index)].ownFailure = failure
    }
    change(node, to: .failure, by: failure)
    resolve(node, failure)
    enqueue(node)
  }

  /// Adds a failure to those that lead to the end.
  mutating func append(_ failure: Failure, of node: NodeIndex) {
    failures.append(number(failure, of: node))
    note(failures[failures.count - 1])
  }

  private mutating func number(_ failure: Failure, of node: NodeIndex) -> MachineFailure {
    defer { failureCount += 1 }
    return MachineFailure(node: node, failure: failure, serial: failureCount)
  }

  // MARK: Reverting

  private mutating func revert(_ node: NodeIndex) {
    retriedReverts.remove(node)
    change(node, to: .reverting)
    callRevert(node)
  }

  /// Has `revert` of an atom called that counts as reverting.
  mutating func callRevert(_ node: NodeIndex) {
    let outcome: TaskContext.Outcome =
      if let failure = ownFailures[Int(node)] {
        .failure(failure)
      } else if let result = results[Int(node)] {
        .success(result)
      } else {
        .interrupted
      }
    do {
      let call = MachineAction.Call(
        attempt: Int(attempts[Int(node)]),
        values: try values(of: node, for: tables.isTask[Int(node)] ? .revert : .execute),
        outcome: outcome, history: history(of: node), failures: failureLog,
        failedReverts: failedReverts[node] ?? 0)
      count(callOf: node)
      actions.append(.revert(node, call))
    } catch {
      failRevert(node, error)
    }
  }

  mutating func finishRevert(_ node: NodeIndex) {
    if case .retry(let index) = plan.nodes[Int(node)].kind { histories[Int(index)] = History() }
    change(node, to: .reverted)
  }

  mutating func failRevert(_ node: NodeIndex, _ failure: Failure) {
    revertFailures.append(number(failure, of: node))
    note(revertFailures[revertFailures.count - 1], isRevert: true)
    change(node, to: .revertFailure, by: failure)
    switch options.revertFailure {
    case .halt: isHalted = true
    case .continueIndependent: revertEverything()
    }
  }

  // MARK: Retrying

  /// Begins the next attempt of a controller whose cone is undone, after its pause if it has one.
  private mutating func retry(_ node: NodeIndex) {
    let hasPaused = resumed.remove(node) != nil
    if !hasPaused, plan.controller(at: node)?.backoff != nil {
      pausing.insert(node)
      actions.append(.pause(node, retry: history(of: node)?.count ?? 1))
      return
    }
    intentions[Int(node)] = .execute
    change(node, to: .retrying)
    reset(visits.cone(of: node, in: plan.graph))
    execute(node)
  }

  /// Puts atoms back to where they were before they ran.
  private mutating func reset(_ nodes: [NodeIndex]) {
    for node in nodes where tables.isAtom[Int(node)] {
      note(node)
      change(node, to: .pending)
      intentions[Int(node)] = .execute
      results[Int(node)] = nil
      ownFailures[Int(node)] = nil
      if case .retry(let index) = plan.nodes[Int(node)].kind { histories[Int(index)] = History() }
    }
    guard !failures.isEmpty else { return }
    let recovered = Set(nodes)
    let past = failures.filter { recovered.contains($0.node) }
    for failure in past {
      note(failure, recovered: recoveredFailures.count)
      recoveredFailures.append(failure)
    }
    failureLog.remove(Set(past.map { plan.name(of: $0.node) }))
    failures.removeAll { recovered.contains($0.node) }
  }

  // MARK: The end

  /// Ends the run, if nothing can be started any more (semantics 5.5).
  private mutating func finish() {
    guard flowState == .running || flowState == .suspending else { return }
    if isHalted {
      changeFlow(to: .failure)
    } else if !interrupted.isEmpty || hasReady {
      changeFlow(to: .suspended)
    } else if isDirty {
      changeFlow(to: .failure)
    } else {
      changeFlow(to: settledCount == tables.atoms.count ? .success : .reverted)
    }
  }

  /// Whether something could still be started; what is in the queue for nothing is dropped.
  private var hasReady: Bool {
    mutating get {
      while let node = ready.popFirst() {
        guard canExecute(node) || canRevert(node) else { continue }
        enqueue(node)
        return true
      }
      return false
    }
  }
}
