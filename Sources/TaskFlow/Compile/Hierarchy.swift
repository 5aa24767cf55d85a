import FlowDiagnostics
import FlowGraph

/// The children of each flow in the order of the hierarchy, and what keeps one from existing: cycles.
///
/// A graph's children are in topological order (semantics 2.6), all others as they are declared.
struct Hierarchy {
  /// The children of each flow by their first nodes, by level.
  private(set) var children: [[NodeIndex]]

  /// The place of each node in a walk over the hierarchy, depth first.
  private(set) var position: [Int32]

  private(set) var findings: [Finding] = []
  private(set) var problems: [PlanProblem] = []

  init(of outline: Outline, links: ChildLinks) {
    children = outline.levels.map(\.children)
    position = Array(repeating: 0, count: outline.kinds.count)
    for (index, level) in outline.levels.enumerated() {
      guard level.flow.pattern == .graph || !level.flow.links.isEmpty else { continue }
      order(level, at: index, in: outline, by: links.links[index])
    }
    setPositions(outline)
  }

  private mutating func order(
    _ level: Outline.Level, at index: Int, in outline: Outline, by links: [ChildLinks.Link]
  ) {
    let edges = links.map { Digraph.Edge(source: $0.source, target: $0.target) }
    let graph = Digraph(nodeCount: level.children.count, edges: edges)
    if let order = graph.topologicalOrder() {
      children[index] = order.map { level.children[Int($0)] }
      return
    }
    let components = graph.stronglyConnectedComponents()
    for component in components.cyclic {
      guard let cycle = graph.shortestCycle(in: component, of: components) else { continue }
      problems.append(.cycle(cycle.nodes.map { level.children[Int($0)] }))
      findings.append(
        finding(
          for: cycle.nodes.map { Int($0) }, hops: cycle.edges.map { links[Int($0)] }, level: level,
          outline: outline))
    }
  }

  /// Each hop of the cycle with its symbol or link, and its place.
  private func finding(
    for cycle: [Int], hops links: [ChildLinks.Link], level: Outline.Level, outline: Outline
  ) -> Finding {
    let hops = links.map { outline.hop($0, level: level) }
    let names = cycle.map { "'\(outline.name(of: level.children[$0]))'" }
    let path = (names + [names[0]]).joined(separator: " → ")
    return Finding(
      rule: "dependency-cycle",
      message: cycle.count == 1
        ? "\(names[0]) must be done before itself"
        : "each of \(cycle.count) children must be done before the others: \(path)",
      span: hops.first?.span ?? outline.span(of: level.children[cycle[0]]),
      related: hops,
      help: "break the cycle: drop one of these, or split a task in two")
  }

  /// Walks the hierarchy with a stack of its own.
  private mutating func setPositions(_ outline: Outline) {
    var next: Int32 = 0
    var open: [(level: Int, child: Int)] = [(0, 0)]
    func place(_ node: NodeIndex, _ position: inout [Int32]) {
      position[Int(node)] = next
      next += 1
    }
    func begin(_ level: Outline.Level, _ position: inout [Int32]) {
      place(level.start, &position)
      if let retry = level.retry { place(retry, &position) }
    }
    begin(outline.levels[0], &position)
    while let top = open.last {
      guard top.child < children[top.level].count else {
        place(outline.levels[top.level].end, &position)
        open.removeLast()
        continue
      }
      open[open.count - 1].child += 1
      let child = children[top.level][top.child]
      if case .flowStart = outline.kinds[Int(child)] {
        let level = Int(outline.flowOfNode[Int(child)])
        begin(outline.levels[level], &position)
        open.append((level, 0))
      } else {
        place(child, &position)
      }
    }
  }
}

extension Outline {
  /// One hop of a cycle, in words and with its place.
  fileprivate func hop(_ link: ChildLinks.Link, level: Level) -> Finding.Related {
    let source = level.children[Int(link.source)]
    let target = level.children[Int(link.target)]
    switch link.reason {
    case .data:
      let (span, symbol) = reading(of: target, from: source)
      return Finding.Related(
        span: span,
        message: "'\(name(of: target))' requires '\(symbol)', which '\(name(of: source))' provides")
    case .link:
      return Finding.Related(
        span: link.span ?? span(of: target),
        message: "'\(name(of: target))' is put after '\(name(of: source))'")
    case .sequence, .structure:
      return Finding.Related(
        span: span(of: target),
        message: "'\(name(of: target))' follows '\(name(of: source))' in a linear flow")
    }
  }

  /// The first requirement in a child that another child meets.
  private func reading(of target: NodeIndex, from source: NodeIndex) -> (SourceSpan, String) {
    let provided = Set(
      (source...sink(of: source)).flatMap { provision(of: $0).items.map(\.symbol) })
    for node in target...sink(of: target) {
      let required: [Requirement]
      switch kinds[Int(node)] {
      case .task(let task): required = tasks[Int(task)].openRequirements
      case .retry(let retry): required = controllers[Int(retry)].requirements
      case .flowStart, .flowEnd: continue
      }
      if let found = required.first(where: { provided.contains($0.symbol) }) {
        return (found.span, found.symbol)
      }
    }
    return (span(of: target), "?")
  }
}
