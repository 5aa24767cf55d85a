import FlowDiagnostics
import TaskFlow

/// Looks for readers that see two providers of a symbol, one in a flow around them and one outside of it.
struct ShadowSearch {
  /// A value that hides another, and who reads it.
  struct Shadow {
    var inner: Provider
    var outer: Provider
    var atom: NodeIndex
    var reader: Requirement
  }

  private let plan: Plan
  /// The providers of each symbol that has more than one, by the flow that they are children of, in
  /// declaration order.
  private let providers: [Place: [Provider]]
  private let symbols: Set<String>
  private var found: [Shadow] = []
  private var seen: Set<Provider> = []

  /// How far flows are looked at outwards; files nest no deeper.
  private static let farthest = 64

  private struct Place: Hashable {
    var symbol: String
    var flow: Int32
  }

  init(in plan: Plan) {
    self.plan = plan
    symbols = Self.symbolsOfSeveral(in: plan)
    var providers: [Place: [Provider]] = [:]
    for node in symbols.isEmpty ? [] : plan.atoms {
      for (element, item) in plan.provision(of: node).items.enumerated()
      where symbols.contains(item.symbol) {
        providers[Place(symbol: item.symbol, flow: plan.nodes[Int(node)].flow), default: []]
          .append(Provider(node: node, element: Int32(element)))
      }
    }
    self.providers = providers
  }

  /// The symbols that more than one atom provides.
  private static func symbolsOfSeveral(in plan: Plan) -> Set<String> {
    var symbols: Set<String> = []
    var last: String?
    for provider in plan.bindings.providers {
      let symbol = plan.provision(of: provider.node).items[Int(provider.element)].symbol
      if symbol == last { symbols.insert(symbol) }
      last = symbol
    }
    return symbols
  }

  /// Each value that hides another, once, in declaration order of those who read it.
  ///
  /// - Complexity: linear in the size of the plan, times how deep its flows are nested, up to 64.
  lazy var shadows: [Shadow] = {
    if symbols.isEmpty { return [] }
    for atom in plan.atoms {
      for method in Plan.Method.allCases {
        let requirements = plan.requirements(of: atom, for: method)
        for (requirement, binding) in zip(requirements, plan.bindings(of: atom, for: method)) {
          look(at: requirement, binding, of: atom)
        }
      }
    }
    return found
  }()

  private mutating func look(
    at requirement: Requirement, _ binding: Binding, of atom: NodeIndex
  ) {
    // With further scopes the inner value may be absent, and the outer one is what it falls back on.
    guard case .atoms(let scopes) = binding, scopes.count == 1,
      symbols.contains(requirement.symbol),
      let inner = plan.bindings.likeliest(of: binding), !seen.contains(inner),
      let flow = innermostFlow(around: atom, and: inner.node),
      let outer = outerProvider(of: requirement.symbol, beyond: flow)
    else { return }
    seen.insert(inner)
    // Who reads a value and provides it anew means to replace it.
    let replaces = Plan.Method.allCases.contains { method in
      plan.requirements(of: inner.node, for: method).contains { $0.symbol == requirement.symbol }
    }
    if replaces { return }
    found.append(Shadow(inner: inner, outer: outer, atom: atom, reader: requirement))
  }

  private func innermostFlow(around atom: NodeIndex, and other: NodeIndex) -> Int32? {
    var next: Int32? = plan.nodes[Int(atom)].flow
    for _ in 0..<Self.farthest {
      guard let flow = next else { return nil }
      if plan.flows[Int(flow)].nodes.contains(other) { return flow }
      next = plan.flows[Int(flow)].parent
    }
    return nil
  }

  /// The nearest provider outside of a flow that is done before it starts for certain: a child of a linear
  /// flow around it, or the controller of any.
  ///
  /// What is in flows beside it is left alone: such flows may well have the same names for their own.
  private func outerProvider(of symbol: String, beyond flow: Int32) -> Provider? {
    var start = plan.flows[Int(flow)].start
    var next = plan.flows[Int(flow)].parent
    for _ in 0..<Self.farthest {
      guard let parent = next else { return nil }
      let outer = plan.flows[Int(parent)]
      if let candidates = providers[Place(symbol: symbol, flow: parent)] {
        let count = Self.count(candidates, before: start)
        if outer.pattern == .linear, count > 0 { return candidates[count - 1] }
        if let first = candidates.first, first.node == outer.retry { return first }
      }
      start = outer.start
      next = outer.parent
    }
    return nil
  }

  /// How many of the providers stand before a node; they are in order.
  private static func count(_ providers: [Provider], before node: NodeIndex) -> Int {
    var low = 0
    var high = providers.count
    while low < high {
      let middle = (low + high) / 2
      if providers[middle].node < node { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
