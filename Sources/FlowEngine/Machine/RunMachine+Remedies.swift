public import TaskFlow

/// What somebody says about a run that can't go on by itself, or is not to, when it is taken up.
public enum RunRemedy: Sendable {
  /// Reverts that failed are called again (semantics 10.2).
  case retryReverts
  /// The tasks of these names, whose reverts failed, count as undone: somebody has undone them by hand.
  case markReverted(Set<String>)
  /// All tasks whose reverts failed count as undone, though they are not.
  case acceptReverts
  /// What came of tasks that are run at most once, and of whose end nothing is known; by name.
  case settle([String: UnfinishedVerdict])
  /// Everything that was done is undone, and nothing else is done.
  case undo
}

extension UnfinishedVerdict {
  /// The type of the failure of a task that ran when its run was cancelled.
  package static let cancelledType = "TaskFlow.RunCancelled"
}

/// What is known after all of a task that is run at most once.
public enum UnfinishedVerdict: Sendable {
  /// It was not done, or it does no harm to do it again.
  case again
  /// It was done, and provided these values, by symbol.
  case done([String: FlowValue])
  /// It failed: it is undone, or tried again, as its retry controller says.
  case failed
}

extension RunMachine {
  /// The tasks that are run at most once and whose calls were given up, so that nobody knows whether they
  /// were done. While there is one, nothing more is started; ``RunRemedy/settle(_:)`` says what came of it.
  public var undecided: [NodeIndex] {
    interrupted.filter { node in
      states[Int(node)] == .running && !calledAgain.contains(node)
        && plan.task(at: node)?.traits.isAtMostOnce == true
    }.sorted()
  }

  /// Says what the run can't know by itself; it goes on with that when it is taken up.
  ///
  /// - Throws: ``UnsuitableRemedy`` when a name is none of a task that it is about; nothing is changed then.
  public mutating func remedy(_ remedy: RunRemedy) throws(UnsuitableRemedy) {
    switch remedy {
    case .retryReverts: settleReverts(of: revertFailures, .retried)
    case .acceptReverts: settleReverts(of: revertFailures, .accepted)
    case .markReverted(let names):
      let chosen = revertFailures.filter { names.contains(plan.name(of: $0.node)) }
      try expect(names, among: chosen.map(\.node), "the revert of %s has not failed")
      settleReverts(of: chosen, .marked)
    case .settle(let verdicts):
      let open = undecided
      try expect(Set(verdicts.keys), among: open, "%s is not waiting for a decision")
      for node in open {
        if case .done(let values) = verdicts[plan.name(of: node)] { try check(values, of: node) }
      }
      for node in open {
        if let verdict = verdicts[plan.name(of: node)] { settle(node, verdict) }
      }
    case .undo: undo()
    }
  }

  private func expect(
    _ names: Set<String>, among nodes: [NodeIndex], _ phrase: String
  ) throws(UnsuitableRemedy) {
    let unknown = names.subtracting(nodes.map { plan.name(of: $0) }).sorted()
    guard !unknown.isEmpty else { return }
    let list = unknown.map { "'\($0)'" }.joined(separator: ", ")
    throw UnsuitableRemedy(description: phrase.replacing("%s", with: list))
  }

  /// Checks that what a task is said to have provided is what it provides.
  private func check(_ values: [String: FlowValue], of node: NodeIndex) throws(UnsuitableRemedy) {
    let symbols = Set(plan.provision(of: node).items.map(\.symbol))
    let name = plan.name(of: node)
    if let lacking = symbols.subtracting(values.keys).min() {
      throw UnsuitableRemedy(description: "'\(name)' provides '\(lacking)'; say its value as well")
    }
    if let unknown = Set(values.keys).subtracting(symbols).min() {
      throw UnsuitableRemedy(description: "'\(name)' does not provide '\(unknown)'")
    }
  }

  private mutating func settleReverts(
    of chosen: [MachineFailure], _ settlement: StoredFailure.Settlement
  ) {
    for failure in chosen {
      note(failure, isRevert: true, recovered: settlement.rawValue)
      failedReverts[failure.node, default: 0] += 1
      if settlement == .accepted { acceptedReverts.append(failure) }
      if settlement == .retried {
        retriedReverts.insert(failure.node)
        enqueue(failure.node)
      } else {
        change(failure.node, to: .reverted)
      }
    }
    // It has not ended after all, also when the engine dies now.
    if flowState.isFinal, !chosen.isEmpty { flowState = .resuming }
    let serials = Set(chosen.map(\.serial))
    revertFailures.removeAll { serials.contains($0.serial) }
  }

  private mutating func settle(_ node: NodeIndex, _ verdict: UnfinishedVerdict) {
    if case .again = verdict {
      calledAgain.insert(node)
      return
    }
    interrupted.remove(node)
    if case .done(let values) = verdict {
      succeed(node, plan.provision(of: node).result(of: values))
    } else {
      fail(node, Failure("nobody knew whether it was done, and somebody said that it failed"))
    }
  }

  private mutating func undo() {
    // Nobody knows how far these came, so they are undone as those are that failed.
    for node in interrupted.sorted() where states[Int(node)] == .running {
      interrupted.remove(node)
      let failure = Failure(
        "the run was cancelled while it ran", type: UnfinishedVerdict.cancelledType)
      ownFailures[Int(node)] = failure
      failureLog.append(failure, of: plan.name(of: node))
      append(failure, of: node)
      change(node, to: .failure, by: failure)
      enqueue(node)
    }
    revertEverything()
  }
}

extension Provision {
  /// The result of a task that provided values by symbol.
  fileprivate func result(of values: [String: FlowValue]) -> AtomResult {
    let elements = items.map { values[$0.symbol] }
    let whole: FlowValue? =
      switch form {
      case _ where items.isEmpty: nil
      case .whole: elements[0]
      default:
        .map(
          Dictionary(
            items.compactMap { item in values[item.symbol].map { (item.key, $0) } },
            uniquingKeysWith: { first, _ in first }))
      }
    return AtomResult(
      whole: whole.map { BoxedValue($0) }, elements: elements.map { $0.map { BoxedValue($0) } })
  }
}

/// The error of a remedy for tasks that it is not about.
public struct UnsuitableRemedy: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public var description: String
}
