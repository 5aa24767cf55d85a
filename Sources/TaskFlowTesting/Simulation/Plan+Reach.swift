import TaskFlow

extension Plan {
  /// The atoms that each node leads to along some edges, in declaration order.
  ///
  /// Complexity: quadratic in the size of the plan.
  func reach(along edges: [(from: NodeIndex, to: NodeIndex)]) -> [[NodeIndex]] {
    var next = [[NodeIndex]](repeating: [], count: nodes.count)
    for edge in edges { next[Int(edge.from)].append(edge.to) }
    return nodes.indices.map { first in
      var isSeen = [Bool](repeating: false, count: nodes.count)
      var pending = [first]
      while let node = pending.popLast() {
        for target in next[node] where !isSeen[Int(target)] {
          isSeen[Int(target)] = true
          pending.append(Int(target))
        }
      }
      return nodes.indices.filter { isSeen[$0] && nodes[$0].isAtom }.map { NodeIndex($0) }
    }
  }
}
