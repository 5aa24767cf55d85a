import FlowGraph
import Testing

@Suite struct TiersTests {
  private func check(_ world: World, counted: [Bool]) {
    let definition = Definition(world)
    guard let tiers = world.graph.tiers(counting: { counted[$0] }) else {
      return expect(definition.hasCycle, "there are no tiers", in: world)
    }
    let level = definition.heaviest(before: counted.map { $0 ? 1 : 0 })
    expect(tiers.level.map { Int($0) } == level, "levels are \(tiers.level)", in: world)
    var byTier: [[Int32]] = []
    for tier in 0..<world.graph.nodeCount {
      let members = counted.indices.filter { counted[$0] && level[$0] == tier }
      if !members.isEmpty { byTier.append(members.map { Int32($0) }) }
    }
    expect(tiers.members.map { Array($0) } == byTier, "members differ", in: world)
    let sizes = byTier.map { $0.count }
    expect(
      tiers.largest == sizes.max().flatMap { sizes.firstIndex(of: $0) }, "largest differs",
      in: world)
  }

  @Test func `every small graph has the levels of its longest paths`() {
    withEverySmallAcyclicDigraph { world in
      for mask in 0..<(1 << world.graph.nodeCount) {
        check(world, counted: (0..<world.graph.nodeCount).map { mask & (1 << $0) != 0 })
      }
    }
  }

  @Test func `random graphs have the levels of their longest paths`() {
    withRandomDigraphs(count: 100, acyclic: true) { world, random in
      check(world, counted: (0..<world.graph.nodeCount).map { _ in true })
      check(world, counted: (0..<world.graph.nodeCount).map { _ in Bool.random(using: &random) })
    }
  }

  @Test func `a cyclic graph has no tiers`() {
    let edges = [Digraph.Edge(source: 0, target: 1), Digraph.Edge(source: 1, target: 0)]
    #expect(Digraph(nodeCount: 2, edges: edges).tiers() == nil)
  }
}
