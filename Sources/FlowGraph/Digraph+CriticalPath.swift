/// A heaviest path from a source to a sink.
public struct CriticalPath: Sendable, Equatable {
  /// The nodes of the path, from its source to its sink; empty only for a graph without nodes.
  public let nodes: [Int32]
  /// The sum of the nodes' weights.
  public let length: Int
}

extension Digraph {
  /// A path from a source to a sink whose nodes' weights have the greatest sum, or nil if there is
  /// a cycle.
  ///
  /// Of several such paths it is the one that ends in the lowest node, and, read backwards from
  /// there, takes the lowest predecessor each time.
  ///
  /// - Parameters:
  ///   - weights: Each node's weight, for example how long it takes, none negative. A sum that
  ///     would be more than `Int.max` is `Int.max`.
  /// - Complexity: O(nodes + edges) time, O(nodes) space.
  /// - SeeAlso: J. E. Kelley, M. R. Walker, *Critical-path planning and scheduling*, 1959.
  public func criticalPath(weights: [Int]) -> CriticalPath? {
    precondition(weights.count == nodeCount, "each node has one weight")
    guard let order = topologicalOrder() else { return nil }
    /// The heaviest path that ends before each node, and later with it.
    var length = [Int](repeating: 0, count: nodeCount)
    var previous = [Int32](repeating: -1, count: nodeCount)
    var end: Int?
    for node in order {
      precondition(weights[Int(node)] >= 0, "weights are not negative")
      let (sum, isOverflow) = length[Int(node)].addingReportingOverflow(weights[Int(node)])
      let reached = isOverflow ? Int.max : sum
      length[Int(node)] = reached
      let slots = slots(of: Int(node))
      for slot in slots {
        let target = Int(targets[slot])
        let isBetter =
          previous[target] < 0 || reached > length[target]
          || (reached == length[target] && node < previous[target])
        if isBetter {
          length[target] = reached
          previous[target] = node
        }
      }
      if slots.isEmpty {
        let isBetter = end.map { reached > length[$0] || (reached == length[$0] && node < $0) }
        if isBetter ?? true { end = Int(node) }
      }
    }
    guard let end else { return CriticalPath(nodes: [], length: 0) }
    var nodes: [Int32] = []
    var node = Int32(end)
    while node >= 0 {
      nodes.append(node)
      node = previous[Int(node)]
    }
    nodes.reverse()
    return CriticalPath(nodes: nodes, length: length[end])
  }
}
