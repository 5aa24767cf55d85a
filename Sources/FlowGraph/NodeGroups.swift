/// Nodes in numbered groups, the nodes of each group in index order.
///
/// It takes 4 bytes a node and 4 bytes a group.
public struct NodeGroups: Sendable, Equatable, RandomAccessCollection {
  /// Where each group begins in `nodes`; one element more than groups.
  public let offsets: [Int32]
  /// The nodes, group after group.
  public let nodes: [Int32]

  /// Groups nodes by a number given for each.
  ///
  /// - Parameters:
  ///   - group: The number of each node's group, in `0..<count`; nil leaves the node out.
  /// - Complexity: O(nodes + groups).
  init(nodeCount: Int, count: Int, group: (Int) -> Int32?) {
    var offsets = [Int32](repeating: 0, count: count + 1)
    for node in 0..<nodeCount {
      if let number = group(node) { offsets[Int(number) + 1] += 1 }
    }
    for number in 0..<count { offsets[number + 1] += offsets[number] }
    var free = offsets
    var nodes = [Int32](repeating: 0, count: Int(offsets[count]))
    for node in 0..<nodeCount {
      guard let number = group(node) else { continue }
      nodes[Int(free[Int(number)])] = Int32(node)
      free[Int(number)] += 1
    }
    self.offsets = offsets
    self.nodes = nodes
  }

  /// The number of the first group.
  public var startIndex: Int { 0 }

  /// The number of groups.
  public var endIndex: Int { offsets.count - 1 }

  /// The nodes of a group, in index order.
  public subscript(number: Int) -> ArraySlice<Int32> {
    nodes[Int(offsets[number])..<Int(offsets[number + 1])]
  }
}
