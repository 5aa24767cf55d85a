import FlowGraph
import Testing

@Suite struct TopologicalOrderTests {
  /// Kahn's algorithm in the words of networkx: generations of nodes, successors without
  /// repetition.
  private func networkxOrder(_ world: World) -> [Int32]? {
    var pending: [Int32: Set<Int32>] = [:]
    for edge in world.edges { pending[edge.target, default: []].insert(edge.source) }
    var generation = (0..<Int32(world.graph.nodeCount)).filter { pending[$0] == nil }
    var order: [Int32] = []
    while !generation.isEmpty {
      var next: [Int32] = []
      for node in generation {
        order.append(node)
        for edge in world.edges where edge.source == node && !order.contains(edge.target) {
          if pending[edge.target]?.remove(node) != nil, pending[edge.target] == [] {
            next.append(edge.target)
          }
        }
      }
      generation = next
    }
    return order.count == world.graph.nodeCount ? order : nil
  }

  @Test func `every small graph has the order of networkx, or none if it has a cycle`() {
    withEverySmallDigraph { world in
      let order = world.graph.topologicalOrder()
      expect((order == nil) == Definition(world).hasCycle, "a cycle is missed", in: world)
      if let order {
        expect(order == networkxOrder(world), "the order is \(order)", in: world)
      }
    }
  }

  @Test func `random graphs have the order of networkx, parallel edges or not`() {
    withRandomDigraphs(count: 300, acyclic: true) { world, _ in
      expect(world.graph.topologicalOrder() == networkxOrder(world), "the order differs", in: world)
    }
  }

  @Test func `a target of parallel edges is queued at the first of them`() {
    let pairs = [(0, 1), (0, 2), (0, 1)]
    let graph = Digraph(
      nodeCount: 3, edges: pairs.map { Digraph.Edge(source: $0.0, target: $0.1) })
    #expect(graph.topologicalOrder() == [0, 1, 2])
  }
}
