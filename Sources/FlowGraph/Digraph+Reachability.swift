extension Digraph {
  /// The nodes that a path of one edge or more leads to from `node`.
  ///
  /// The node itself is a member only if it lies on a cycle.
  ///
  /// - Complexity: O(nodes / 64 + what is reached and its edges) time, O(nodes) space.
  public func descendants(of node: Int) -> NodeSet { descendants(of: CollectionOfOne(node)) }

  /// The nodes that a path of one edge or more leads to from any of `nodes`.
  ///
  /// - Complexity: O(nodes / 64 + what is reached and its edges) time, O(nodes) space.
  public func descendants(of nodes: some Sequence<Int>) -> NodeSet {
    var reached = NodeSet(nodeCount: nodeCount)
    var expanded: [Int32] = []
    for node in nodes {
      for slot in slots(of: node) where reached.insert(Int(targets[slot])) {
        expanded.append(targets[slot])
      }
    }
    while let node = expanded.popLast() {
      for slot in slots(of: Int(node)) where reached.insert(Int(targets[slot])) {
        expanded.append(targets[slot])
      }
    }
    return reached
  }

  /// The nodes from which a path of one edge or more leads to `node`.
  ///
  /// To ask for many nodes, ask the `reversed()` graph for `descendants(of:)`, which is what this
  /// does.
  ///
  /// - Complexity: O(nodes + edges) time and space.
  public func ancestors(of node: Int) -> NodeSet { ancestors(of: CollectionOfOne(node)) }

  /// The nodes from which a path of one edge or more leads to any of `nodes`.
  ///
  /// - Complexity: O(nodes + edges) time and space.
  public func ancestors(of nodes: some Sequence<Int>) -> NodeSet {
    reversed().descendants(of: nodes)
  }
}
