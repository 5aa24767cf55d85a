/// The nodes of a graph that may still lie on a cycle while nodes are taken out one by one.
struct RemainingNodes {
  private let graph: Digraph
  private let predecessors: Digraph
  private var isRemaining: [Bool]
  /// The edges from and to remaining nodes.
  private var outDegree: [Int32]
  private var inDegree: [Int32]

  /// Starts with all nodes, each of which must have an edge in and one out.
  init(graph: Digraph, predecessors: Digraph) {
    self.graph = graph
    self.predecessors = predecessors
    isRemaining = [Bool](repeating: true, count: graph.nodeCount)
    outDegree = predecessors.inDegrees()
    inDegree = graph.inDegrees()
  }

  func contains(_ node: Int32) -> Bool { isRemaining[Int(node)] }

  /// Takes out `node`, and all that then have no edge in or no edge out.
  ///
  /// - Complexity: O(nodes + edges) for all calls together.
  mutating func remove(_ node: Int32) {
    isRemaining[Int(node)] = false
    var removed = [node]
    while let node = removed.popLast() {
      for slot in graph.slots(of: Int(node)) {
        let target = graph.targets[slot]
        inDegree[Int(target)] -= 1
        if inDegree[Int(target)] == 0, isRemaining[Int(target)] {
          isRemaining[Int(target)] = false
          removed.append(target)
        }
      }
      for slot in predecessors.slots(of: Int(node)) {
        let source = predecessors.targets[slot]
        outDegree[Int(source)] -= 1
        if outDegree[Int(source)] == 0, isRemaining[Int(source)] {
          isRemaining[Int(source)] = false
          removed.append(source)
        }
      }
    }
  }
}
