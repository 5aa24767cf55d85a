/// A simple cycle of a graph.
public struct Cycle: Sendable, Equatable {
  /// The nodes in the order of the cycle, the lowest first; the last has an edge to the first.
  public let nodes: [Int32]
  /// The input positions of its edges: `edges[i]` leaves `nodes[i]`; the first of parallel ones.
  public let edges: [Int32]
  /// Whether it is proved that no cycle of the component is shorter.
  ///
  /// If not, the cycle is still minimal: no other edge joins two of its nodes, so that no shorter
  /// cycle passes through its nodes alone.
  public let isShortest: Bool
}
