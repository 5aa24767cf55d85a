import FlowGraph
import Testing

@Suite struct CriticalPathTests {
  private func check(_ world: World, weights: [Int]) {
    let definition = Definition(world)
    guard let path = world.graph.criticalPath(weights: weights) else {
      return expect(definition.hasCycle, "there is no path", in: world)
    }
    let before = definition.heaviest(before: weights)
    let through = weights.indices.map { before[$0] + weights[$0] }
    expect(path.length == through.max() ?? 0, "the length is \(path.length)", in: world)
    expect(path.nodes.reduce(0) { $0 + weights[Int($1)] } == path.length, "the sum", in: world)
    guard let last = path.nodes.last else { return expect(weights.isEmpty, "empty", in: world) }
    let ends = weights.indices.filter {
      definition.successors[$0] == 0 && through[$0] == path.length
    }
    expect(Int(last) == ends.first, "the end is \(last)", in: world)
    for (node, next) in zip(path.nodes, path.nodes.dropFirst()) {
      let best = weights.indices.first {
        definition.isEdge($0, Int(next)) && through[$0] == before[Int(next)]
      }
      expect(Int(node) == best, "\(node) before \(next)", in: world)
    }
    let source = Int(path.nodes[0])
    expect(!weights.indices.contains { definition.isEdge($0, source) }, "the source", in: world)
  }

  @Test func `every small graph has the heaviest path for all weights of 0 and 1, and 3, 2, 1`() {
    withEverySmallAcyclicDigraph { world in
      let count = world.graph.nodeCount
      for mask in 0..<(1 << count) {
        check(world, weights: (0..<count).map { mask & (1 << $0) != 0 ? 1 : 0 })
      }
      check(world, weights: (0..<count).map { count - $0 })
    }
  }

  @Test func `random graphs have the heaviest path`() {
    withRandomDigraphs(count: 150, acyclic: true) { world, random in
      check(
        world,
        weights: (0..<world.graph.nodeCount).map { _ in Int.random(in: 0...9, using: &random) })
    }
  }

  @Test func `a cyclic graph has no critical path, and a sum too great stops at the greatest`() {
    let pair = [Digraph.Edge(source: 0, target: 1), Digraph.Edge(source: 1, target: 0)]
    #expect(Digraph(nodeCount: 2, edges: pair).criticalPath(weights: [1, 1]) == nil)
    #expect(path(nodeCount: 2).criticalPath(weights: [.max, 1])?.length == .max)
  }
}
