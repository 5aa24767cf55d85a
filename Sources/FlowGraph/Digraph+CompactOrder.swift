extension Digraph {
  /// A topological order in which the ends of edges are close, made from any topological order.
  ///
  /// A sink is placed by the longest path to it, and any other node just before the earliest of its
  /// successors, so that a source is not far ahead of what it leads to.
  ///
  /// - Complexity: O(nodes + edges) time, O(nodes) space.
  func compactOrder(_ order: [Int32]) -> [Int32] {
    var level = [Int32](repeating: 0, count: nodeCount)
    for node in order {
      for slot in slots(of: Int(node)) {
        let target = Int(targets[slot])
        level[target] = max(level[target], level[Int(node)] + 1)
      }
    }
    var last: Int32 = 0
    for node in order.reversed() {
      var latest = Int32.max
      for slot in slots(of: Int(node)) { latest = min(latest, level[Int(targets[slot])] - 1) }
      if latest < Int32.max { level[Int(node)] = latest }
      last = max(last, level[Int(node)])
    }
    return NodeGroups(nodeCount: nodeCount, count: Int(last) + 1) { level[$0] }.nodes
  }
}
