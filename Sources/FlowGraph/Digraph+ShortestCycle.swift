extension Digraph {
  /// One shortest cycle of each component that has a cycle, ordered by the components' lowest
  /// nodes.
  ///
  /// - Parameters:
  ///   - components: What `stronglyConnectedComponents()` gave for this graph.
  ///   - effort: How many times the search may look at all nodes and edges of a component; see
  ///     `shortestCycle(in:of:effort:)`.
  /// - Complexity: O(effort × (nodes + edges)) time, O(nodes + edges) space.
  public func shortestCycles(of components: Components, effort: Int = 64) -> [Cycle] {
    components.cyclic.compactMap { shortestCycle(in: $0, of: components, effort: effort) }
  }

  /// A shortest cycle of a component, or nil if the component has no cycle.
  ///
  /// Self-loops and cycles of two nodes are looked for first. Then a breadth-first search, no
  /// deeper than the best cycle found, looks for a shortest cycle through a node; that node is
  /// taken out with all that is on no cycle without it; and so on. Only targets of a depth-first
  /// search's back edges need be asked, since each cycle passes through one. A ring of any length
  /// takes one such search.
  ///
  /// The searches stop when they have looked at as many nodes and edges as the component has times
  /// `effort`. What is best by then is given, marked as not proved shortest; it is minimal.
  ///
  /// - Parameters:
  ///   - number: The number of the component in `components`.
  ///   - components: What `stronglyConnectedComponents()` gave for this graph.
  ///   - effort: How many times the search may look at all nodes and edges of the component.
  /// - Complexity: O(effort × (nodes + edges)) of the component in time, O(nodes + edges) of it in
  ///   space.
  public func shortestCycle(
    in number: Int, of components: Components, effort: Int = 64,
  ) -> Cycle? {
    guard components.isCyclic[number] else { return nil }
    let members = components.members[number]
    var edges: [Edge] = []
    for node in members {
      let source = components.rank[Int(node)]
      for slot in slots(of: Int(node)) {
        let target = Int(targets[slot])
        guard components.component[target] == Int32(number) else { continue }
        edges.append(Edge(source: source, target: components.rank[target]))
      }
    }
    var search = CycleSearch(Digraph(nodeCount: members.count, edges: edges))
    let isShortest = search.run(effort: effort)
    return cycle(
      search.best.map { members[members.startIndex + Int($0)] }, isShortest: isShortest)
  }

  /// The cycle along `nodes`, turned so that its lowest node is first.
  private func cycle(_ nodes: [Int32], isShortest: Bool) -> Cycle {
    let first = nodes.indices.min { nodes[$0] < nodes[$1] } ?? 0
    let turned = Array(nodes[first...] + nodes[..<first])
    var edges: [Int32] = []
    edges.reserveCapacity(turned.count)
    for index in 0..<turned.count {
      let next = turned[index + 1 < turned.count ? index + 1 : 0]
      let edge = slots(of: Int(turned[index])).first { targets[$0] == next }
      if let edge { edges.append(positions[edge]) }
    }
    return Cycle(nodes: turned, edges: edges, isShortest: isShortest)
  }
}
