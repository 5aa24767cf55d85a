import FlowGraph
import TaskFlow

extension Plan {
  /// The order of a plan's nodes with each node of a folded flow replaced by what stands for it, and
  /// without the edges that close a cycle: those from a child to one that is listed before it.
  ///
  /// - Complexity: O(nodes + edges).
  func forwardGraph(_ folding: PlanFolding) -> Digraph {
    var place = [Int32](repeating: 0, count: nodes.count)
    for flow in flows {
      for (position, child) in flow.children.enumerated() { place[Int(child)] = Int32(position) }
    }
    func child(endingAt node: NodeIndex) -> NodeIndex {
      if case .flowEnd = nodes[Int(node)].kind {
        flows[Int(nodes[Int(node)].flow)].start
      } else {
        node
      }
    }
    var forward: [Digraph.Edge] = []
    for edge in edges {
      let source = folding.shown[Int(edge.source)]
      let target = folding.shown[Int(edge.target)]
      guard source != target else { continue }
      if edge.reason != .structure,
        place[Int(child(endingAt: edge.source))] >= place[Int(edge.target)]
      {
        continue
      }
      forward.append(Digraph.Edge(source: source, target: target))
    }
    return Digraph(nodeCount: nodes.count, edges: forward)
  }
}
