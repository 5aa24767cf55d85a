/// A directed graph on the nodes `0..<nodeCount`, stored as compressed sparse rows.
///
/// Parallel edges and self-loops are allowed. The edges that leave a node keep the order in which
/// they were given, and each remembers its position in that input, so that a caller can keep what
/// it knows about an edge in an array beside the graph:
///
///     let edges = [Digraph.Edge(source: 0, target: 1), Digraph.Edge(source: 0, target: 2)]
///     let graph = Digraph(nodeCount: 3, edges: edges)
///     graph.successors(of: 0)  // 1, 2
///     graph.edges(from: 0)  // 0, 1: positions in `edges`
///
/// A graph takes 4 bytes a node and 8 bytes an edge.
public struct Digraph: Sendable {
  /// One edge as it is given to a graph.
  public struct Edge: Hashable, Sendable {
    /// The node that the edge leaves.
    public var source: Int32
    /// The node that the edge enters.
    public var target: Int32

    /// Creates an edge from `source` to `target`.
    public init(source: Int32, target: Int32) {
      self.source = source
      self.target = target
    }

    /// Creates an edge from `source` to `target`, which must fit in 32 bits.
    public init(source: Int, target: Int) {
      self.init(source: Int32(source), target: Int32(target))
    }
  }

  /// Where each node's edges begin in `targets` and `positions`; one element more than nodes.
  public let offsets: [Int32]
  /// The node that each edge enters, grouped by the node that it leaves.
  public let targets: [Int32]
  /// The input position of each edge, in the order of `targets`; a permutation of the positions.
  public let positions: [Int32]

  /// Creates a graph from a list of edges.
  ///
  /// - Parameters:
  ///   - nodeCount: How many nodes there are, fewer than 2³¹.
  ///   - edges: The edges, fewer than 2³¹, between nodes in `0..<nodeCount`; anything else is a
  ///     programmer's error and traps.
  /// - Complexity: O(nodes + edges).
  public init(nodeCount: Int, edges: [Edge]) {
    precondition(nodeCount >= 0 && nodeCount < Int(Int32.max), "a graph has 0..<2^31 nodes")
    precondition(edges.count < Int(Int32.max), "a graph has fewer than 2^31 edges")
    var offsets = [Int32](repeating: 0, count: nodeCount + 1)
    for edge in edges {
      precondition(
        edge.target >= 0 && edge.target < nodeCount && edge.source >= 0 && edge.source < nodeCount,
        "an edge joins nodes of its graph",
      )
      offsets[Int(edge.source) + 1] += 1
    }
    for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
    var free = offsets
    var targets = [Int32](repeating: 0, count: edges.count)
    var positions = targets
    for position in 0..<edges.count {
      let edge = edges[position]
      let slot = Int(free[Int(edge.source)])
      free[Int(edge.source)] += 1
      targets[slot] = edge.target
      positions[slot] = Int32(position)
    }
    self.offsets = offsets
    self.targets = targets
    self.positions = positions
  }

  /// The number of nodes.
  public var nodeCount: Int { offsets.count - 1 }

  /// The number of edges, parallel ones counted each.
  public var edgeCount: Int { targets.count }

  /// The nodes that `node` has edges to, in input order, repeated for parallel edges.
  public func successors(of node: Int) -> ArraySlice<Int32> { targets[slots(of: node)] }

  /// The input positions of the edges that leave `node`, in the order of its successors.
  public func edges(from node: Int) -> ArraySlice<Int32> { positions[slots(of: node)] }

  /// Where the edges that leave `node` lie in `targets` and `positions`.
  public func slots(of node: Int) -> Range<Int> {
    Int(offsets[node])..<Int(offsets[node + 1])
  }

  /// The edges in the order in which they were given.
  ///
  /// - Complexity: O(nodes + edges).
  public func edgeList() -> [Edge] {
    var edges = [Edge](repeating: Edge(source: Int32(0), target: 0), count: edgeCount)
    for node in 0..<nodeCount {
      for slot in slots(of: node) {
        edges[Int(positions[slot])] = Edge(source: Int32(node), target: targets[slot])
      }
    }
    return edges
  }

  /// The graph with each edge turned round; edges keep their input positions.
  ///
  /// Its `successors(of:)` are this graph's predecessors, in input order.
  ///
  /// - Complexity: O(nodes + edges).
  public func reversed() -> Digraph {
    var edges = edgeList()
    for position in 0..<edges.count {
      let edge = edges[position]
      edges[position] = Edge(source: edge.target, target: edge.source)
    }
    return Digraph(nodeCount: nodeCount, edges: edges)
  }

  /// The number of edges that enter each node, parallel ones counted each.
  ///
  /// - Complexity: O(nodes + edges).
  public func inDegrees() -> [Int32] {
    var degrees = [Int32](repeating: 0, count: nodeCount)
    for target in targets { degrees[Int(target)] += 1 }
    return degrees
  }
}
