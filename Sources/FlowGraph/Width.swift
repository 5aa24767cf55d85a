/// How many nodes of an acyclic graph are side by side, and which.
public enum Width: Sendable, Equatable {
  /// The largest set of nodes without a path between any two: what can run at once, at most.
  case largestAntichain([Int32])
  /// The largest tier, a lower bound, where the largest antichain would cost too much.
  case largestTier([Int32])

  /// The nodes, in index order.
  public var nodes: [Int32] {
    switch self {
    case .largestAntichain(let nodes), .largestTier(let nodes): nodes
    }
  }

  /// The number of nodes.
  public var count: Int { nodes.count }
}
