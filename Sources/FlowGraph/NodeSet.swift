/// A set of nodes of one graph, as one bit a node.
///
/// Iterating gives the nodes in ascending order.
public struct NodeSet: Sendable, Hashable {
  /// The number of nodes of the graph; members are less than that.
  public let nodeCount: Int
  /// The bits, node `64 * i + b` at bit `b` of word `i`; bits past `nodeCount` are zero.
  public private(set) var words: [UInt64]

  /// Creates an empty set for a graph of `nodeCount` nodes.
  public init(nodeCount: Int) {
    self.nodeCount = nodeCount
    words = [UInt64](repeating: 0, count: (nodeCount + 63) / 64)
  }

  /// Creates a set of the given nodes for a graph of `nodeCount` nodes.
  public init(nodeCount: Int, _ nodes: some Sequence<Int>) {
    self.init(nodeCount: nodeCount)
    for node in nodes { insert(node) }
  }

  /// Whether the set has no members.
  ///
  /// - Complexity: O(nodes / 64).
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The number of members.
  ///
  /// - Complexity: O(nodes / 64).
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether `node` is a member.
  public func contains(_ node: Int) -> Bool {
    words[node >> 6] & (1 << UInt64(node & 63)) != 0
  }

  /// Adds `node` and tells whether it is new.
  @discardableResult
  public mutating func insert(_ node: Int) -> Bool {
    precondition(node >= 0 && node < nodeCount, "a member is a node of the graph")
    let bit: UInt64 = 1 << UInt64(node & 63)
    let isNew = words[node >> 6] & bit == 0
    words[node >> 6] |= bit
    return isNew
  }

  /// Removes `node` and tells whether it was a member.
  @discardableResult
  public mutating func remove(_ node: Int) -> Bool {
    precondition(node >= 0 && node < nodeCount, "a member is a node of the graph")
    let bit: UInt64 = 1 << UInt64(node & 63)
    let wasMember = words[node >> 6] & bit != 0
    words[node >> 6] &= ~bit
    return wasMember
  }

  /// Adds the members of another set for the same graph.
  ///
  /// - Complexity: O(nodes / 64).
  public mutating func formUnion(_ other: NodeSet) { combine(with: other) { $0 | $1 } }

  /// Keeps only the members that another set for the same graph has too.
  ///
  /// - Complexity: O(nodes / 64).
  public mutating func formIntersection(_ other: NodeSet) { combine(with: other) { $0 & $1 } }

  /// Removes the members of another set for the same graph.
  ///
  /// - Complexity: O(nodes / 64).
  public mutating func subtract(_ other: NodeSet) { combine(with: other) { $0 & ~$1 } }

  private mutating func combine(with other: NodeSet, _ operation: (UInt64, UInt64) -> UInt64) {
    precondition(nodeCount == other.nodeCount, "both sets are for the same graph")
    for index in 0..<words.count { words[index] = operation(words[index], other.words[index]) }
  }
}
