extension Digraph {
  /// The edges of a cycle without any one of which its component has no cycle left.
  ///
  /// - Parameters:
  ///   - cycle: a cycle of the component.
  ///   - component: the number of the component.
  ///   - components: the components of this graph.
  ///   - effort: how many edges are looked at.
  /// - Returns: positions of edges, in the order of the cycle, as ``Cycle/edges`` has them; `nil` when that
  ///   takes more effort.
  /// - Complexity: O(edges of the cycle × edges of the component).
  public func edgesThatBreak(
    _ cycle: Cycle, in component: Int, of components: Components, effort: Int = 1 << 22
  ) -> [Int32]? {
    let members = components.members[component]
    let edgeCount = members.reduce(0) { $0 + successors(of: Int($1)).count }
    guard (members.count + edgeCount) * cycle.edges.count <= effort else { return nil }
    return cycle.edges.filter { isAcyclic(component, of: components, without: $0) }
  }

  /// Whether a component has no cycle without one of its edges.
  private func isAcyclic(
    _ component: Int, of components: Components, without cut: Int32
  ) -> Bool {
    let members = components.members[component]
    var waiting = [Int32](repeating: 0, count: members.count)
    func forEachEdge(from node: Int32, _ body: (Int) -> Void) {
      for slot in slots(of: Int(node)) where positions[slot] != cut {
        let target = Int(targets[slot])
        if components.component[target] == component { body(Int(components.rank[target])) }
      }
    }
    for node in members { forEachEdge(from: node) { waiting[$0] += 1 } }
    var ready = members.filter { waiting[Int(components.rank[Int($0)])] == 0 }
    var done = 0
    while let node = ready.popLast() {
      done += 1
      forEachEdge(from: node) { rank in
        waiting[rank] -= 1
        if waiting[rank] == 0 { ready.append(members[members.startIndex + rank]) }
      }
    }
    return done == members.count
  }
}
