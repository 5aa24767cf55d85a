import FlowGraph

/// The edges of the execution graph (semantics 2.2 and 2.3).
struct PlanGraph {
  private(set) var edges: [PlanEdge] = []
  private(set) var edgeSymbols: [Int32] = []
  private(set) var deciders: [LinkDecider] = []

  init(of outline: Outline, links: ChildLinks) {
    edges.reserveCapacity(outline.kinds.count * 2)
    for (index, level) in outline.levels.enumerated() {
      add(level, links.links[index], of: links, outline: outline)
    }
  }

  private mutating func add(
    _ level: Outline.Level, _ links: [ChildLinks.Link], of all: ChildLinks, outline: Outline
  ) {
    var hasPredecessor = [Bool](repeating: false, count: level.children.count)
    var hasSuccessor = hasPredecessor
    for link in links {
      hasPredecessor[Int(link.target)] = true
      hasSuccessor[Int(link.source)] = true
    }
    var entry = level.start
    if let retry = level.retry {
      edges.append(PlanEdge(source: level.start, target: retry, reason: .structure))
      entry = retry
    }
    for (ordinal, child) in level.children.enumerated() where !hasPredecessor[ordinal] {
      edges.append(PlanEdge(source: entry, target: child, reason: .structure))
    }
    for link in links {
      add(
        link, of: all, from: outline.sink(of: level.children[Int(link.source)]),
        to: level.children[Int(link.target)])
    }
    for (ordinal, child) in level.children.enumerated() where !hasSuccessor[ordinal] {
      edges.append(
        PlanEdge(source: outline.sink(of: child), target: level.end, reason: .structure))
    }
    if level.children.isEmpty {
      edges.append(PlanEdge(source: entry, target: level.end, reason: .structure))
    }
  }

  private mutating func add(
    _ link: ChildLinks.Link, of all: ChildLinks, from source: NodeIndex, to target: NodeIndex
  ) {
    var edge = PlanEdge(source: source, target: target, reason: link.reason)
    if !link.symbols.isEmpty {
      let lower = Int32(edgeSymbols.count)
      for position in link.symbols { edgeSymbols.append(all.symbols[Int(position)]) }
      edge.symbols = lower..<Int32(edgeSymbols.count)
    }
    if let written = link.written, let decider = all.written[Int(written)].decider {
      edge.decider = Int32(deciders.count)
      deciders.append(decider)
    }
    edges.append(edge)
  }

  /// The edges without those that run against the hierarchy, which only a flow with a cycle has.
  func forwardEdges(by position: [Int32]) -> [PlanEdge] {
    edges.filter { position[Int($0.source)] < position[Int($0.target)] }
  }
}
