import FlowGraph
import Testing

@Suite struct WidthTests {
  private func antichain(_ world: World) -> [Int32]? {
    guard case .largestAntichain(let nodes)? = world.graph.width() else { return nil }
    return nodes
  }

  @Test func `every small graph has the antichain that trying each set finds`() {
    withEverySmallAcyclicDigraph { world in
      let definition = Definition(world)
      guard let nodes = antichain(world) else { return expect(false, "no antichain", in: world) }
      expect(nodes.count == definition.width, "found \(nodes)", in: world)
      expect(nodes == nodes.sorted() && definition.isAntichain(nodes), "\(nodes)", in: world)
    }
  }

  @Test func `random graphs have an antichain as large as their fewest chains`() {
    withRandomDigraphs(count: 200, acyclic: true) { world, _ in
      let definition = Definition(world)
      guard let nodes = antichain(world) else { return expect(false, "no antichain", in: world) }
      expect(nodes == nodes.sorted() && definition.isAntichain(nodes), "\(nodes)", in: world)
      // As many chains as nodes, less one for each pair of a matching: no antichain has more nodes.
      expect(nodes.count == fewestChains(definition), "found \(nodes)", in: world)
    }
  }

  /// The fewest chains that cover all nodes, by augmenting paths, one node at a time.
  private func fewestChains(_ definition: Definition) -> Int {
    var owner = [Int?](repeating: nil, count: definition.nodeCount)
    func augment(_ node: Int, _ tried: inout Set<Int>) -> Bool {
      for next in 0..<definition.nodeCount where definition.isPath(node, next) {
        guard tried.insert(next).inserted else { continue }
        if owner[next].map({ augment($0, &tried) }) ?? true {
          owner[next] = node
          return true
        }
      }
      return false
    }
    return (0..<definition.nodeCount).reduce(definition.nodeCount) { count, node in
      var tried: Set<Int> = []
      return augment(node, &tried) ? count - 1 : count
    }
  }

  @Test func `past the limit it is the largest tier, unless that is proved to be an antichain`() {
    // 0 → 1 → 2 and 3 → 4: tiers of 2, 2 and 1; two paths cover all.
    let pairs = [(0, 1), (1, 2), (3, 4)]
    let ladder = Digraph(
      nodeCount: 5, edges: pairs.map { Digraph.Edge(source: $0.0, target: $0.1) })
    #expect(ladder.width(antichainLimit: 0) == .largestAntichain([0, 3]))
    // The antichain of 1, 3, 4 and one of 5 → 6 → 7 → 8 lies across the tiers.
    let across = [(0, 1), (0, 2), (2, 3), (2, 4), (5, 6), (6, 7), (7, 8)]
    let graph = Digraph(
      nodeCount: 9, edges: across.map { Digraph.Edge(source: $0.0, target: $0.1) })
    #expect(graph.width(antichainLimit: 8) == .largestTier([1, 2, 6]))
    #expect(graph.width(antichainLimit: 9)?.count == 4)
  }

  @Test func `a cyclic graph has no width`() {
    let edges = [Digraph.Edge(source: 0, target: 0)]
    #expect(Digraph(nodeCount: 1, edges: edges).width() == nil)
  }
}
