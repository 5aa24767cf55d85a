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
    var paths = HeaviestPaths(nodeCount: nodeCount)
    for node in order {
      precondition(weights[Int(node)] >= 0, "weights are not negative")
      paths.end(at: node, weight: weights[Int(node)])
      let slots = slots(of: Int(node))
      for slot in slots { paths.extend(to: Int(targets[slot]), from: node) }
      if slots.isEmpty { paths.finish(at: node) }
    }
    return paths.best
  }
}

private struct HeaviestPaths {
  /// The heaviest path that ends before each node, and, once the node is done, with it.
  private var length: [Int]
  /// The node before each on its heaviest path, −1 for sources.
  private var previous: [Int32]
  private var sink: Int32?

  init(nodeCount: Int) {
    length = [Int](repeating: 0, count: nodeCount)
    previous = [Int32](repeating: -1, count: nodeCount)
  }

  mutating func end(at node: Int32, weight: Int) {
    let (sum, isOverflow) = length[Int(node)].addingReportingOverflow(weight)
    length[Int(node)] = isOverflow ? Int.max : sum
  }

  mutating func extend(to target: Int, from node: Int32) {
    let reached = length[Int(node)]
    let isBetter =
      previous[target] < 0 || reached > length[target]
      || (reached == length[target] && node < previous[target])
    guard isBetter else { return }
    length[target] = reached
    previous[target] = node
  }

  mutating func finish(at node: Int32) {
    guard let other = sink else {
      sink = node
      return
    }
    let (reached, best) = (length[Int(node)], length[Int(other)])
    if reached > best || (reached == best && node < other) { sink = node }
  }

  /// The path to the best sink.
  var best: CriticalPath {
    guard let sink else { return CriticalPath(nodes: [], length: 0) }
    var nodes: [Int32] = []
    var node = sink
    while node >= 0 {
      nodes.append(node)
      node = previous[Int(node)]
    }
    nodes.reverse()
    return CriticalPath(nodes: nodes, length: length[Int(sink)])
  }
}
