import FlowGraph
import Testing

@Suite struct DigraphTests {
  private func edges(_ pairs: [(Int, Int)]) -> [Digraph.Edge] {
    pairs.map { Digraph.Edge(source: $0.0, target: $0.1) }
  }

  @Test func `successors and edge positions keep the input order`() {
    let graph = Digraph(nodeCount: 4, edges: edges([(2, 1), (0, 3), (2, 2), (0, 1), (2, 1)]))
    #expect(graph.nodeCount == 4)
    #expect(graph.edgeCount == 5)
    #expect(Array(graph.successors(of: 0)) == [3, 1])
    #expect(Array(graph.edges(from: 0)) == [1, 3])
    #expect(Array(graph.successors(of: 2)) == [1, 2, 1])
    #expect(Array(graph.edges(from: 2)) == [0, 2, 4])
    #expect(graph.successors(of: 1).isEmpty)
    #expect(graph.inDegrees() == [0, 3, 1, 1])
  }

  @Test func `an empty graph is a graph`() {
    let graph = Digraph(nodeCount: 0, edges: [])
    #expect(graph.nodeCount == 0)
    #expect(graph.topologicalOrder() == [])
    #expect(graph.tiers()?.count == 0)
    #expect(graph.tiers()?.largest == nil)
    #expect(graph.stronglyConnectedComponents().count == 0)
    #expect(graph.transitiveReduction() == [])
    #expect(graph.reaches([]) == [])
    #expect(graph.criticalPath(weights: [])?.nodes == [])
    #expect(graph.width() == .largestAntichain([]))
  }

  @Test func `edges come back as they were given, and turned round they keep their positions`() {
    withRandomDigraphs(count: 100, acyclic: false) { world, _ in
      expect(world.graph.edgeList() == world.edges, "the edges differ", in: world)
      let reversed = world.graph.reversed()
      for node in 0..<world.graph.nodeCount {
        let entering = world.edges.indices.filter { world.edges[$0].target == Int32(node) }
        expect(
          reversed.edges(from: node).map { Int($0) } == entering, "positions differ", in: world)
        expect(
          Array(reversed.successors(of: node)) == entering.map { world.edges[$0].source },
          "predecessors differ", in: world)
      }
      let twice = reversed.reversed()
      expect(
        twice.targets == world.graph.targets && twice.positions == world.graph.positions,
        "turned twice it differs", in: world)
    }
  }
}
