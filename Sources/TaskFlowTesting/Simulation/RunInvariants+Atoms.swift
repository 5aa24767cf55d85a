package import FlowEngine
import TaskFlow

extension RunInvariants {
  /// Checks the step of an atom from one state to another.
  mutating func checkChange(of node: NodeIndex, from old: AtomState, to new: AtomState) {
    let isController = !plan.nodes[Int(node)].isTask
    expect(
      states[Int(node)] == old && old.mayBecome(new, isController: isController),
      .stateChangesAreLegal
    ) { laws in "\(laws.name(node)) goes from \(old) to \(new) and was \(laws.states[Int(node)])" }
    switch new {
    case .running: checkStart(of: node, from: old)
    case .reverting, .retrying: checkUndoing(of: node, to: new)
    case .failure:
      failed.insert(node)
      if options.neverResolves {
        isHalted = true
      } else if plan.nodes[Int(node)].controller == nil {
        mustUndoAll = true
      }
    case .revertFailure:
      switch options.revertFailure {
      case .halt: isHalted = true
      case .continueIndependent: mustUndoAll = true
      }
    case .pending:
      failed.remove(node)
      mustRevert.remove(node)
      outcomes[node] = nil
    case .success, .reverted, .ignored: break
    }
    states[Int(node)] = new
  }

  private mutating func checkStart(of node: NodeIndex, from old: AtomState) {
    runs[Int(node)] += 1
    let open = ancestors[Int(node)].filter { !states[Int($0)].isDoneByRule }
    expect(open.isEmpty, .nothingStartsBeforeItsAncestorsAreDone) { laws in
      "\(laws.name(node)) starts before \(laws.names(open))"
    }
    expect(!isStopped && !isHalted, .nothingStartsAfterAStop) { laws in "\(laws.name(node)) starts"
    }
    expect(!mustUndoAll, .nothingRunsOnceAllIsToBeUndone) { laws in "\(laws.name(node)) starts" }
    guard old == .retrying else { return }
    let left = cones[Int(node)].filter { states[Int($0)] != .pending }
    expect(left.isEmpty, .retryResetsTheCone) { laws in
      "\(laws.name(node)) starts, not reset: \(laws.names(left))"
    }
  }

  private mutating func checkUndoing(of node: NodeIndex, to new: AtomState) {
    let left = cones[Int(node)].filter { !states[Int($0)].isUndoneByRule }
    expect(left.isEmpty, .nothingIsUndoneBeforeItsCone) { laws in
      "\(laws.name(node)) is \(new) before \(laws.names(left))"
    }
    expect(!isStopped && !isHalted, .nothingStartsAfterAStop) { laws in
      "\(laws.name(node)) is \(new)"
    }
    if new == .reverting {
      expect(failed.contains(node) || outcomes[node] != nil, .whatNeverRanIsNeverReverted) { laws in
        "\(laws.name(node)) is reverted"
      }
    } else {
      expect(!mustUndoAll, .nothingRunsOnceAllIsToBeUndone) { laws in
        "\(laws.name(node)) tries again"
      }
      expect(!mustRevert.contains(node), .revertReplacesRetry) { laws in
        "\(laws.name(node)) tries again"
      }
    }
  }

  // MARK: The end

  /// Checks what a run has led to that has nothing left to wait for.
  package mutating func checkEnd(of machine: RunMachine) {
    let atoms = atoms
    let dirty = atoms.filter { states[Int($0)] == .revertFailure }
    let ready = atoms.filter { isReady($0, machine.intentions[Int($0)]) }
    let expected: FlowState
    if isHalted {
      expected = .failure
    } else if !interrupted.isEmpty || !ready.isEmpty {
      expect(isStopped, .runEnds) { laws in "stands still with \(laws.names(ready)) ready" }
      expected = .suspended
    } else if !dirty.isEmpty {
      expected = .failure
    } else {
      expected = atoms.allSatisfy { states[Int($0)].isDoneByRule } ? .success : .reverted
    }
    expect(machine.flowState == expected, .endFollowsFromTheAtoms) { _ in
      "is \(machine.flowState), not \(expected)"
    }
    if !isHalted, expected != .suspended { checkUndone(machine) }
    checkFailures(machine, dirty: dirty)
  }

  private func isReady(_ node: NodeIndex, _ intention: Intention) -> Bool {
    switch (states[Int(node)], intention) {
    case (.pending, .execute):
      ancestors[Int(node)].allSatisfy { states[Int($0)].isDoneByRule }
    case (.success, .revert), (.success, .retry), (.failure, .revert), (.failure, .retry):
      cones[Int(node)].allSatisfy { states[Int($0)].isUndoneByRule }
    default:
      false
    }
  }

  private mutating func checkUndone(_ machine: RunMachine) {
    for node in atoms {
      let state = states[Int(node)]
      let intention = machine.intentions[Int(node)]
      let isToBeUndone =
        mustUndoAll || state == .failure || intention == .revert || intention == .retry
      guard isToBeUndone, state == .success || state == .failure else { continue }
      expect(cones[Int(node)].contains { states[Int($0)] == .revertFailure }, .whatIsToBeUndoneIs) {
        laws in "\(laws.name(node)) is left \(state)"
      }
    }
  }

  private mutating func checkFailures(_ machine: RunMachine, dirty: [NodeIndex]) {
    let told = Set(machine.failures.map(\.node))
    expect(told.isSuperset(of: failed), .failuresAreToldApart) { laws in
      "\(laws.names(laws.failed.subtracting(told))) failed and is not told"
    }
    let tasks = told.filter { plan.nodes[Int($0)].isTask }
    expect(failed.isSuperset(of: tasks), .failuresAreToldApart) { laws in
      "\(laws.names(tasks.subtracting(laws.failed))) is told and was recovered from"
    }
    expect(machine.flowState != .success || told.isEmpty, .failuresAreToldApart) { laws in
      "succeeded, and tells failures of \(laws.names(told))"
    }
    expect(machine.revertFailures.map(\.node).sorted() == dirty, .failuresAreToldApart) { _ in
      "tells other failures of reverts than there are"
    }
  }
}

extension AtomState {
  /// Whether what comes after it may start.
  fileprivate var isDoneByRule: Bool { self == .success || self == .ignored }

  /// Whether what comes before it may be undone.
  fileprivate var isUndoneByRule: Bool {
    self == .pending || self == .reverted || self == .ignored
  }

  /// The table of semantics 4.
  fileprivate func mayBecome(_ next: AtomState, isController: Bool) -> Bool {
    switch self {
    case .pending: next == .running || next == .ignored
    case .running: next == .success || next == .failure
    case .success: next == .reverting || isController && next == .retrying
    case .failure: next == .reverting
    case .reverting: next == .reverted || next == .revertFailure
    case .retrying: next == .running
    case .reverted, .ignored: next == .pending
    case .revertFailure: false
    }
  }
}
