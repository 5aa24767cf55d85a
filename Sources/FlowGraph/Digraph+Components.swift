extension Digraph {
  /// The strongly connected components, numbered in a topological order of the components.
  ///
  /// Two nodes are in one component when each is reached from the other. The numbers depend only
  /// on the order of nodes and edges.
  ///
  /// - Complexity: O(nodes + edges) time, O(nodes) space.
  /// - SeeAlso: R. Tarjan, *Depth-first search and linear graph algorithms*, SIAM J. Comput. 1(2),
  ///   1972.
  public func stronglyConnectedComponents() -> Components {
    var search = ComponentSearch(self)
    for node in 0..<nodeCount { search.run(from: node) }
    // Tarjan's algorithm finishes a component after those that it leads to.
    let last = search.count - 1
    for node in 0..<nodeCount { search.component[node] = last - search.component[node] }
    return Components(component: search.component, count: Int(search.count), graph: self)
  }
}

private struct ComponentSearch {
  private var walk: DepthFirstWalk
  private var entries: Int32 = 0
  /// When each node was entered.
  private var entry: [Int32]
  /// The earliest entry known to be reachable from the node within its component.
  private var low: [Int32]
  /// Entered nodes whose component isn't complete.
  private var open: [Int32] = []
  /// The component of each node, −1 while it is not known.
  var component: [Int32]
  var count: Int32 = 0

  init(_ graph: Digraph) {
    walk = DepthFirstWalk(graph)
    entry = [Int32](repeating: 0, count: graph.nodeCount)
    low = entry
    component = [Int32](repeating: -1, count: graph.nodeCount)
  }

  mutating func run(from root: Int) {
    walk.start(at: root)
    while let step = walk.next() {
      switch step {
      case .enter(let node):
        entry[Int(node)] = entries
        low[Int(node)] = entries
        entries += 1
        open.append(node)
      case .meet(let node, let target):
        if component[Int(target)] < 0 { lower(node, to: entry[Int(target)]) }
      case .leave(let node):
        if low[Int(node)] == entry[Int(node)] { close(node) }
        if let parent = walk.path.last { lower(parent, to: low[Int(node)]) }
      }
    }
  }

  private mutating func lower(_ node: Int32, to value: Int32) {
    if value < low[Int(node)] { low[Int(node)] = value }
  }

  private mutating func close(_ node: Int32) {
    while let member = open.popLast() {
      component[Int(member)] = count
      if member == node { break }
    }
    count += 1
  }
}
