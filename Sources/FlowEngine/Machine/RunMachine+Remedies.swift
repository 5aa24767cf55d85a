import TaskFlow

/// What is to become of reverts that failed, when a dirty run is taken up (semantics 10.2).
public enum RevertRemedy: Sendable, Hashable {
  /// They are called again.
  case retry
  /// The tasks of these names count as undone: somebody has undone them by hand.
  case markReverted(Set<String>)
  /// All of them count as undone, though they are not.
  case accept
}

extension RunMachine {
  /// Says what is to become of reverts that failed; the run goes on with it when it is taken up.
  ///
  /// - Throws: ``UnknownReverts`` when a name is none of a task whose revert failed; nothing is changed then.
  public mutating func remedy(_ remedy: RevertRemedy) throws(UnknownReverts) {
    let chosen: [MachineFailure]
    switch remedy {
    case .retry, .accept: chosen = revertFailures
    case .markReverted(let names):
      chosen = revertFailures.filter { names.contains(plan.name(of: $0.node)) }
      let unknown = names.subtracting(chosen.map { plan.name(of: $0.node) })
      guard unknown.isEmpty else { throw UnknownReverts(names: unknown.sorted()) }
    }
    for failure in chosen {
      note(failure, isRevert: true, recovered: 0)
      if remedy == .retry {
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
}

/// The error of a remedy for tasks whose reverts have not failed.
public struct UnknownReverts: Error, Sendable, Hashable, CustomStringConvertible {
  /// Their names, in order.
  public var names: [String]

  /// What is wrong.
  public var description: String {
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    return "the revert of \(list) has not failed; name tasks that are not undone"
  }
}
