extension Digraph {
  /// The nodes so ordered that each comes before its successors, or nil if there is a cycle.
  ///
  /// The order is stable: Kahn's algorithm with a first-in-first-out queue, that starts with the
  /// sources in index order and takes successors in the order of their (first) edges. That is the
  /// order of networkx's `topological_sort` for a graph whose nodes and edges were added in the
  /// same order.
  ///
  /// - Complexity: O(nodes + edges) time, O(nodes) space.
  /// - SeeAlso: A. B. Kahn, *Topological sorting of large networks*, CACM 5(11), 1962.
  public func topologicalOrder() -> [Int32]? {
    var pending = inDegrees()
    var order: [Int32] = []
    order.reserveCapacity(nodeCount)
    for node in 0..<nodeCount where pending[node] == 0 { order.append(Int32(node)) }
    var head = 0
    while head < order.count {
      let slots = slots(of: Int(order[head]))
      head += 1
      for slot in slots { pending[Int(targets[slot])] -= 1 }
      // In a second pass, so that a target of parallel edges is queued at the first of them.
      for slot in slots where pending[Int(targets[slot])] == 0 {
        pending[Int(targets[slot])] = -1
        order.append(targets[slot])
      }
    }
    return order.count == nodeCount ? order : nil
  }
}
