extension Digraph {
  /// The tier of each node: the longest path that leads to it, or nil if there is a cycle.
  ///
  /// With all nodes counted, a node's level is the number of edges on the longest path from a
  /// source to it. Nodes that are not counted are transparent: they lengthen no path and are
  /// members of no tier, but they have a level, that of a counted node in their place.
  ///
  /// - Parameters:
  ///   - isCounted: Whether a node counts; by default each does. It is asked a few times for each
  ///     node and must always give the same answer.
  /// - Complexity: O(nodes + edges) time, O(nodes) space.
  public func tiers(counting isCounted: (Int) -> Bool = { _ in true }) -> Tiers? {
    guard let order = topologicalOrder() else { return nil }
    var level = [Int32](repeating: 0, count: nodeCount)
    var count: Int32 = 0
    for node in order {
      var next = level[Int(node)]
      if isCounted(Int(node)) {
        next += 1
        count = max(count, next)
      }
      for slot in slots(of: Int(node)) {
        let target = Int(targets[slot])
        if level[target] < next { level[target] = next }
      }
    }
    let members = NodeGroups(nodeCount: nodeCount, count: Int(count)) { node in
      isCounted(node) ? level[node] : nil
    }
    return Tiers(level: level, members: members)
  }
}
