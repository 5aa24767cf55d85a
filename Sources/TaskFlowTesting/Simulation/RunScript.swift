package import FlowEngine
package import TaskFlow

/// What the methods of tasks do in a simulated run: the n-th call of each, by the task's name.
package struct RunScript: Sendable {
  /// What one call of `execute` does.
  package enum Execution: Sendable, Hashable {
    case succeed
    case fail
    /// It succeeds with a result that has none of the elements which it should have.
    case lack
  }

  /// What calls of `execute` do; the last entry repeats, and without one they succeed.
  package var executions: [String: [Execution]] = [:]

  /// Whether calls of `revert` fail; the last entry repeats, and without one they succeed.
  package var revertFailures: [String: [Bool]] = [:]

  /// Nothing fails.
  package init() {}

  /// What comes of a call, which is the n-th one of the method, from 1.
  package func answer(
    _ call: SimulatedRun.PendingCall, number: Int, in plan: Plan
  ) -> MachineEvent {
    let name = plan.name(of: call.node)
    switch call.action {
    case .execute:
      switch entry(number, of: executions[name]) ?? .succeed {
      case .fail:
        return .executionFailed(call.node, Failure("\(name)#\(number)"))
      case .lack:
        return .executed(call.node, AtomResult())
      case .succeed:
        let value = BoxedValue("\(name)#\(number)")
        let count = plan.provision(of: call.node).items.count
        return .executed(
          call.node, AtomResult(whole: value, elements: Array(repeating: value, count: count)))
      }
    case .revert:
      let fails = entry(number, of: revertFailures[name]) ?? false
      return fails
        ? .revertFailed(call.node, Failure("\(name)!\(number)")) : .reverted(call.node)
    }
  }

  private func entry<Element>(_ number: Int, of list: [Element]?) -> Element? {
    guard let list, !list.isEmpty else { return nil }
    return list[min(number, list.count) - 1]
  }
}
