import FlowGraph
import Testing

@Suite struct ReachabilityTests {
  private func check(_ world: World) {
    let definition = Definition(world)
    let nodes = 0..<world.graph.nodeCount
    var queries: [Digraph.ReachabilityQuery] = []
    var expected: [Bool] = []
    for source in nodes {
      let after = world.graph.descendants(of: source)
      let before = world.graph.ancestors(of: source)
      for target in nodes {
        expect(
          after.contains(target) == definition.isPath(source, target), "\(source) to \(target)",
          in: world)
        expect(
          before.contains(target) == definition.isPath(target, source), "\(target) to \(source)",
          in: world)
        queries.append(Digraph.ReachabilityQuery(source: source, target: target))
        expected.append(definition.isPath(source, target))
      }
    }
    expect(world.graph.reaches(queries) == expected, "queries differ", in: world)
  }

  @Test func `every small graph reaches what paths lead to`() {
    withEverySmallDigraph(check)
  }

  @Test func `random graphs reach what paths lead to`() {
    withRandomDigraphs(count: 60, acyclic: false) { world, _ in check(world) }
    withRandomDigraphs(count: 60, acyclic: true) { world, _ in check(world) }
  }

  @Test func `several nodes reach what each of them reaches`() {
    withRandomDigraphs(count: 100, acyclic: false) { world, random in
      let nodes = (0..<3).map { _ in Int.random(in: 0..<world.graph.nodeCount, using: &random) }
      var after = NodeSet(nodeCount: world.graph.nodeCount)
      var before = after
      for node in nodes {
        after.formUnion(world.graph.descendants(of: node))
        before.formUnion(world.graph.ancestors(of: node))
      }
      expect(world.graph.descendants(of: nodes) == after, "descendants of \(nodes)", in: world)
      expect(world.graph.ancestors(of: nodes) == before, "ancestors of \(nodes)", in: world)
    }
  }

  @Test func `queries from more sources than a word has bits agree with descendants`() {
    var random = SplitMix64(seed: 11)
    let nodeCount = 500
    let edges = (0..<700).map { _ in
      Digraph.Edge(
        source: Int.random(in: 0..<nodeCount, using: &random),
        target: Int.random(in: 0..<nodeCount, using: &random))
    }
    let graph = Digraph(nodeCount: nodeCount, edges: edges)
    let queries = (0..<3000).map { _ in
      Digraph.ReachabilityQuery(
        source: Int.random(in: 0..<nodeCount, using: &random),
        target: Int.random(in: 0..<nodeCount, using: &random))
    }
    let reached = (0..<nodeCount).map { graph.descendants(of: $0) }
    let expected = queries.map { reached[Int($0.source)].contains(Int($0.target)) }
    #expect(graph.reaches(queries) == expected, "seed 11")
  }
}
