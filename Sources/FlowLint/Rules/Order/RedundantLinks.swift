import FlowDiagnostics
import FlowGraph
import TaskFlow

/// Finds links by hand whose order is there without them.
///
/// All that are found can be dropped together. A link with a decider is none of them.
struct RedundantLinks {
  /// One place at which such links are written.
  struct Found {
    let span: SourceSpan
    let message: String
  }

  /// What was found, in the order of the places.
  private(set) var found: [Found] = []

  private let subject: LintedPlan
  private var plan: Plan { subject.plan }

  /// A link between two nodes of the plan.
  private struct Ends: Hashable {
    var source: NodeIndex
    var target: NodeIndex
  }

  /// - Complexity: that of a transitive reduction of the plan, if there are any links.
  init(in subject: LintedPlan) {
    self.subject = subject
    let links = Self.links(of: subject.flow)
    guard !links.isEmpty else { return }
    let nodes = firstNodes()
    let ends = links.map { link -> Ends? in
      guard let source = nodes[link.source], let target = nodes[link.target] else { return nil }
      return Ends(source: sink(of: source), target: target)
    }
    let edges = edges(into: Set(ends.compactMap { $0?.target }))
    let isNeeded = neededEdges()
    // A name that stands for several children is redundant if it is for each of them.
    var needed: Set<SourceSpan> = []
    var messages: [SourceSpan: String] = [:]
    var seen: Set<Ends> = []
    for (link, ends) in zip(links, ends) {
      let isRepeated = ends.map { !seen.insert($0).inserted } ?? false
      let edge = link.decider == nil ? ends.flatMap { edges[$0] } : nil
      let why = edge.flatMap { edge in
        isRepeated ? "twice" : reason(plan.edges[Int(edge)], isNeeded: isNeeded(edge))
      }
      if let why {
        messages[link.span] = messages[link.span] ?? message(link, why)
      } else {
        needed.insert(link.span)
      }
    }
    found = messages.filter { !needed.contains($0.key) }
      .map { Found(span: $0.key, message: $0.value) }.sorted { $0.span < $1.span }
  }

  private func message(_ link: Flow.Link, _ reason: String) -> String {
    "\(name(link.target)) is put after \(name(link.source)) \(reason)"
  }

  /// Why the order is there without a link, or `nil` if it is not.
  private func reason(_ edge: PlanEdge, isNeeded: Bool) -> String? {
    switch edge.reason {
    case .data:
      plan.symbols(of: edge).first.map { "and requires \(QuotedName.of($0)) of it anyway" }
    case .sequence: "and follows it anyway"
    case .link: isNeeded ? nil : "and comes after it anyway"
    case .structure: nil
    }
  }

  private func name(_ child: String) -> String {
    LintedPlan.declaredName(of: child.hasSuffix(".flow") ? String(child.dropLast(5)) : child)
  }

  // MARK: The plan

  /// The links of all flows, as they are declared.
  private static func links(of flow: Flow) -> [Flow.Link] {
    var links: [Flow.Link] = []
    var open = [flow]
    while let flow = open.popLast() {
      links += flow.links
      for case .flow(let nested) in flow.items { open.append(nested) }
    }
    return links
  }

  /// The first node of each task and flow, by name.
  private func firstNodes() -> [String: NodeIndex] {
    var nodes: [String: NodeIndex] = [:]
    for index in plan.nodes.indices {
      switch plan.nodes[index].kind {
      case .task, .flowStart: nodes[plan.name(of: NodeIndex(index))] = NodeIndex(index)
      case .retry, .flowEnd: break
      }
    }
    return nodes
  }

  private func sink(of node: NodeIndex) -> NodeIndex {
    guard case .flowStart = plan.nodes[Int(node)].kind else { return node }
    return plan.flows[Int(plan.nodes[Int(node)].flow)].end
  }

  /// The edges into some nodes, by their ends.
  private func edges(into targets: Set<NodeIndex>) -> [Ends: Int32] {
    var edges: [Ends: Int32] = [:]
    for (position, edge) in plan.edges.enumerated()
    where edge.reason != .structure && targets.contains(edge.target) {
      edges[Ends(source: edge.source, target: edge.target)] = Int32(position)
    }
    return edges
  }

  /// Tells whether an edge is needed to have one node after another.
  ///
  /// A decider that looks at direct neighbours makes all of them needed.
  private func neededEdges() -> (Int32) -> Bool {
    let depths = SkipDecision.all(in: plan).map(\.depth)
    guard !depths.contains(.neighbors), !depths.contains(.flow),
      let kept = plan.graph.transitiveReduction()
    else { return { _ in true } }
    let needed = NodeSet(nodeCount: plan.edges.count, kept.lazy.map { Int($0) })
    return { needed.contains(Int($0)) }
  }
}
