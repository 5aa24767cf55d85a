import FlowDiagnostics
import TaskFlow

/// Where arguments come from, worked out from the scopes of each atom.
struct BindingReference {
  private let plan: Plan
  private let store: Set<String>
  private let mayBeSkipped: Set<NodeIndex>
  private let scopes: [NodeIndex: [[NodeIndex]]]

  init(plan: Plan, store: Set<String>) {
    self.plan = plan
    self.store = store
    var skipped = Set(
      plan.atoms.filter { plan.task(at: $0)?.traits.condition != nil }
        + plan.edges.filter { $0.decider != nil }.map(\.target))
    for _ in plan.nodes {
      for edge in plan.edges where skipped.contains(edge.source) { skipped.insert(edge.target) }
    }
    mayBeSkipped = skipped
    scopes = Dictionary(uniqueKeysWithValues: plan.atoms.map { ($0, plan.scopes(of: $0)) })
  }

  /// What is wrong with a binding, or `nil` if nothing is.
  func differences(
    of binding: Binding, at atom: NodeIndex, reading requirement: Requirement, findings: [Finding]
  ) -> String? {
    let symbol = requirement.symbol
    let injections = plan.task(at: atom)?.traits.injections ?? []
    if let index = injections.firstIndex(where: { $0.symbol == symbol }) {
      return binding == .injected(Int32(index)) ? nil : "expected an injected value"
    }
    if store.contains(symbol) { return binding == .input ? nil : "expected the input" }
    let isAmbiguous = plan.problems.contains { problem in
      if case .conflict(atom, symbol, _) = problem, !requirement.isOptional { true } else { false }
    }
    if binding == .absent, isAmbiguous { return nil }
    let expected = (scopes[atom] ?? []).map { scope in
      scope.flatMap { node in
        plan.provision(of: node).items.enumerated().reversed()
          .filter { $0.element.symbol == symbol }
          .map { Provider(node: node, element: Int32($0.offset)) }
      }
    }.filter { !$0.isEmpty }
    return differences(of: plan.bindings.candidates(of: binding), from: expected)
  }

  private func differences(of found: [[Provider]], from expected: [[Provider]]) -> String? {
    guard found.count <= expected.count else { return "\(found) is more than \(expected)" }
    for (ours, theirs) in zip(found, expected) {
      guard ours == Array(theirs.prefix(ours.count)) else { return "\(ours), expected \(theirs)" }
      if ours.count < theirs.count, !ours.contains(where: givesAlways) {
        return "\(ours) ends too early in \(theirs)"
      }
    }
    if found.count < expected.count {
      guard let last = found.last, last.contains(where: { !mayBeSkipped.contains($0.node) }) else {
        return "\(found) ends before \(expected)"
      }
    }
    return nil
  }

  private func givesAlways(_ provider: Provider) -> Bool {
    !mayBeSkipped.contains(provider.node) && plan.provision(of: provider.node).isComplete
  }
}
