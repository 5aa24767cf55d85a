import FlowGraph
import TaskFlow

/// Tells whether an atom could read a symbol if it required it (semantics 3.2).
struct ReadableSymbols {
  private let plan: Plan
  private let inputs: Set<String>
  /// The first providers of each symbol, in declaration order.
  private var providers: [String: [NodeIndex]] = [:]
  /// So many atoms are looked at by walking over all that comes after them.
  private var walksLeft = 32

  /// Of one symbol more providers than these are not looked at.
  private static let mostProviders = 4

  /// - Complexity: linear in the size of the plan.
  init(in plan: Plan) {
    self.plan = plan
    inputs = Set(plan.inputs.map(\.symbol))
    for node in plan.atoms {
      for item in plan.provision(of: node).items
      where providers[item.symbol, default: []].count < Self.mostProviders {
        providers[item.symbol, default: []].append(node)
      }
    }
  }

  /// The provider that keeps an atom from reading a symbol by its place; `nil` if it can read it, once it
  /// requires it.
  mutating func obstacle(for symbol: String, at atom: NodeIndex) -> NodeIndex? {
    guard !inputs.contains(symbol), let all = providers[symbol], let last = all.last else {
      return nil
    }
    for provider in all where provider != atom && canRead(from: provider, at: atom) { return nil }
    return last
  }

  /// Whether an atom can come after another one, and then sees what that provides.
  mutating func canRead(from provider: NodeIndex, at atom: NodeIndex) -> Bool {
    guard let flow = innermostFlow(around: provider, atom) else { return false }
    if flow.retry == provider { return true }
    switch flow.pattern {
    case .unordered: return false
    case .linear: return plan.hierarchyPosition[Int(provider)] < plan.hierarchyPosition[Int(atom)]
    case .graph: return !reaches(atom, provider)
    }
  }

  private mutating func reaches(_ source: NodeIndex, _ target: NodeIndex) -> Bool {
    // What comes later in the hierarchy is not reached backwards.
    if plan.hierarchyPosition[Int(target)] < plan.hierarchyPosition[Int(source)] { return false }
    guard walksLeft > 0 else { return true }
    walksLeft -= 1
    return plan.graph.descendants(of: Int(source)).contains(Int(target))
  }

  /// The innermost flow that both atoms are in.
  private func innermostFlow(around one: NodeIndex, _ other: NodeIndex) -> PlanFlow? {
    var next: Int32? = plan.nodes[Int(one)].flow
    while let index = next {
      let flow = plan.flows[Int(index)]
      if flow.nodes.contains(other) { return flow }
      next = flow.parent
    }
    return nil
  }
}
