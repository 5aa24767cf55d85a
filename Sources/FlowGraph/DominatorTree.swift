/// The dominators of what is reached from a root.
///
/// A node dominates another if each path from the root to the other passes through it.
public struct DominatorTree: Sendable, Equatable {
  /// The node from which paths begin.
  public let root: Int
  /// The immediate dominator of each node; of the root the root itself; −1 where nothing leads.
  let immediate: [Int32]

  /// Whether a path leads from the root to `node`; the root is reached.
  public func isReached(_ node: Int) -> Bool { immediate[node] >= 0 }

  /// The closest of the nodes other than `node` that dominate it.
  ///
  /// Nil for the root, and for nodes that are not reached.
  public func immediateDominator(of node: Int) -> Int? {
    node == root || immediate[node] < 0 ? nil : Int(immediate[node])
  }

  /// The nodes that dominate `node`: itself, its immediate dominator, and so on up to the root.
  ///
  /// Empty for nodes that are not reached.
  ///
  /// - Complexity: O(result).
  public func dominators(of node: Int) -> [Int32] {
    guard isReached(node) else { return [] }
    var chain = [Int32(node)]
    var current = node
    while let next = immediateDominator(of: current) {
      chain.append(Int32(next))
      current = next
    }
    return chain
  }
}
