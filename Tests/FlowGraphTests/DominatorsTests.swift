import FlowGraph
import Testing

@Suite struct DominatorsTests {
  /// A node dominates another if without it the other isn't reached.
  private func check(_ world: World, root: Int) {
    let definition = Definition(world)
    let tree = world.graph.dominators(from: root)
    let reached = definition.reached(from: root, avoiding: nil)
    let avoiding = (0..<world.graph.nodeCount).map {
      definition.reached(from: root, avoiding: $0)
    }
    for node in 0..<world.graph.nodeCount {
      let bit: UInt64 = 1 << UInt64(node)
      expect(tree.isReached(node) == (reached & bit != 0), "\(node) from \(root)", in: world)
      let dominators =
        reached & bit == 0
        ? [] : (0..<world.graph.nodeCount).filter { avoiding[$0] & bit == 0 }
      let chain = tree.dominators(of: node)
      expect(chain.map { Int($0) }.sorted() == dominators, "\(chain) from \(root)", in: world)
      expect(
        tree.immediateDominator(of: node) == chain.dropFirst().first.map { Int($0) },
        "the immediate one of \(node) from \(root)", in: world)
    }
  }

  @Test func `every small graph has the dominators that cut nodes off`() {
    withEverySmallDigraph { world in
      // The other roots are the same graphs with other names.
      if world.graph.nodeCount > 0 { check(world, root: 0) }
    }
  }

  @Test func `random graphs have the dominators that cut nodes off`() {
    withRandomDigraphs(count: 150, acyclic: false) { world, _ in
      check(world, root: 0)
      check(world, root: world.graph.nodeCount - 1)
    }
    withRandomDigraphs(count: 100, acyclic: true) { world, _ in
      check(world, root: Int(world.graph.topologicalOrder()?.first ?? 0))
    }
  }
}
