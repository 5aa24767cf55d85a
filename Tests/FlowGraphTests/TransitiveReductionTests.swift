import FlowGraph
import Testing

@Suite struct TransitiveReductionTests {
  /// An edge is needed if it is the first of its parallels, and no path of several edges joins its
  /// ends.
  private func reduction(_ world: World) -> [Int32] {
    let definition = Definition(world)
    return world.edges.indices.filter { position in
      let edge = world.edges[position]
      guard world.edges.firstIndex(of: edge) == position else { return false }
      return !(0..<world.graph.nodeCount).contains {
        definition.isPath(Int(edge.source), $0) && definition.isPath($0, Int(edge.target))
      }
    }.map { Int32($0) }
  }

  @Test func `every small graph keeps the edges that no longer path replaces`() {
    withEverySmallDigraph { world in
      guard let kept = world.graph.transitiveReduction() else {
        return expect(Definition(world).hasCycle, "there is no reduction", in: world)
      }
      expect(kept == reduction(world), "kept \(kept)", in: world)
    }
  }

  @Test func `rows of bits alone settle every small and random graph alike`() {
    func check(_ world: World) {
      let kept = world.graph.transitiveReduction(searchEffort: 0, wordLimit: 0)
      expect(kept == reduction(world), "edges differ", in: world)
    }
    withEverySmallAcyclicDigraph(check)
    withRandomDigraphs(count: 300, acyclic: true) { world, _ in check(world) }
  }

  @Test func `random graphs keep the edges that no longer path replaces`() {
    withRandomDigraphs(count: 300, acyclic: true) { world, _ in
      expect(world.graph.transitiveReduction() == reduction(world), "edges differ", in: world)
    }
  }

  @Test func `a reduction reaches what the graph reaches, and can't be reduced`() {
    withRandomDigraphs(count: 150, acyclic: true) { world, _ in
      guard let kept = world.graph.transitiveReduction() else {
        return expect(false, "there is no reduction", in: world)
      }
      let edges = kept.map { world.edges[Int($0)] }
      let reduced = World(world.name, nodeCount: world.graph.nodeCount, edges: edges)
      expect(Definition(reduced).reached == Definition(world).reached, "paths differ", in: world)
      expect(
        reduced.graph.transitiveReduction() == Array(0..<Int32(edges.count)), "reduced again",
        in: world)
    }
  }

  @Test func `edges over many blocks of targets agree with queries`() {
    var random = SplitMix64(seed: 5)
    let nodeCount = 6000
    let edges = (0..<(nodeCount * 3)).map { _ in
      let source = Int.random(in: 0..<(nodeCount - 1), using: &random)
      return Digraph.Edge(
        source: source,
        target: Int.random(in: (source + 1)..<min(nodeCount, source + 2000), using: &random))
    }
    let graph = Digraph(nodeCount: nodeCount, edges: edges)
    // An edge is redundant if another successor of its source reaches its target.
    var queries: [Digraph.ReachabilityQuery] = []
    var asked: [Int] = []
    for (position, edge) in edges.enumerated() {
      for other in graph.successors(of: Int(edge.source)) where other != edge.target {
        queries.append(Digraph.ReachabilityQuery(source: other, target: edge.target))
        asked.append(position)
      }
    }
    var isRedundant = edges.map { _ in false }
    for (position, isReached) in zip(asked, graph.reaches(queries)) where isReached {
      isRedundant[position] = true
    }
    var seen: Set<Digraph.Edge> = []
    let expected = edges.indices.filter { seen.insert(edges[$0]).inserted && !isRedundant[$0] }
    let positions = expected.map { Int32($0) }
    #expect(graph.transitiveReduction() == positions, "seed 5")
    for wordLimit in [0, nodeCount * 8, nodeCount * 64] {
      let kept = graph.transitiveReduction(searchEffort: 0, wordLimit: wordLimit)
      #expect(kept == positions, "seed 5, \(wordLimit) words")
    }
    let partly = graph.transitiveReduction(searchEffort: 1, wordLimit: 0)
    #expect(partly == positions, "seed 5, some searched")
  }
}
