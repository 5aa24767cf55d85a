import FlowGraph
import Testing

@Suite struct ShortestCycleTests {
  /// Whether it is a simple cycle from its lowest node, along the edges that it names.
  private func isCycle(_ cycle: Cycle, in world: World) -> Bool {
    guard cycle.nodes.count == cycle.edges.count, cycle.nodes.min() == cycle.nodes.first,
      Set(cycle.nodes).count == cycle.nodes.count, !cycle.nodes.isEmpty
    else { return false }
    return cycle.nodes.indices.allSatisfy { index in
      let next = cycle.nodes[(index + 1) % cycle.nodes.count]
      let edge = Digraph.Edge(source: cycle.nodes[index], target: next)
      return world.edges.firstIndex(of: edge) == Int(cycle.edges[index])
    }
  }

  private func check(_ world: World, effort: Int) {
    let definition = Definition(world)
    let components = world.graph.stronglyConnectedComponents()
    let cycles = world.graph.shortestCycles(of: components, effort: effort)
    expect(cycles.count == components.cyclic.count, "\(cycles.count) cycles", in: world)
    for (cycle, number) in zip(cycles, components.cyclic) {
      expect(isCycle(cycle, in: world), "\(cycle) is none", in: world)
      expect(
        cycle.nodes.allSatisfy { components.component[Int($0)] == Int32(number) },
        "\(cycle) is elsewhere", in: world)
      let chords = cycle.nodes.indices.contains { index in
        cycle.nodes.indices.contains { other in
          other != (index + 1) % cycle.nodes.count
            && definition.isEdge(Int(cycle.nodes[index]), Int(cycle.nodes[other]))
        }
      }
      expect(!chords, "\(cycle) is not minimal", in: world)
      let lengths = components.members[number].compactMap {
        definition.shortestCycle(through: Int($0))
      }
      if cycle.isShortest {
        expect(cycle.nodes.count == lengths.min(), "\(cycle) is not shortest", in: world)
      }
      expect(cycle.isShortest || effort < 64, "\(cycle) is not proved", in: world)
    }
  }

  @Test func `every small graph has a shortest cycle for each cyclic component`() {
    withEverySmallDigraph { check($0, effort: 64) }
  }

  @Test(arguments: [64, 1, 0])
  func `random graphs have shortest cycles, or minimal ones when the effort is spent`(effort: Int) {
    withRandomDigraphs(count: 150, acyclic: false) { world, _ in
      check(world, effort: effort)
      // Self-loops and pairs hide the search, so here it is again without them.
      let kept = world.edges.filter { edge in
        edge.source != edge.target
          && (edge.source < edge.target || (edge.source - edge.target) % 3 == 0)
          && !(edge.source > edge.target
            && world.edges.contains(Digraph.Edge(source: edge.target, target: edge.source)))
      }
      check(World(world.name, nodeCount: world.graph.nodeCount, edges: kept), effort: effort)
    }
  }

  /// Whether the edges that are said to break a component are those that do.
  private func checkCuts(_ world: World) {
    let components = world.graph.stronglyConnectedComponents()
    for number in components.cyclic {
      guard let cycle = world.graph.shortestCycle(in: number, of: components) else { continue }
      let cuts = world.graph.edgesThatBreak(cycle, in: number, of: components)
      let expected = cycle.edges.filter { edge in
        let kept = world.edges.indices.filter { index in
          index != Int(edge)
            && components.component[Int(world.edges[index].source)] == Int32(number)
            && components.component[Int(world.edges[index].target)] == Int32(number)
        }
        return Digraph(nodeCount: world.graph.nodeCount, edges: kept.map { world.edges[$0] })
          .topologicalOrder() != nil
      }
      expect(cuts == expected, "\(cuts ?? []) and not \(expected)", in: world)
    }
  }

  @Test func `an edge breaks a component if no cycle is left without it`() {
    withEverySmallDigraph { checkCuts($0) }
    withRandomDigraphs(count: 150, acyclic: false) { world, _ in
      checkCuts(world)
      // With few ways back there often is an edge that all cycles have.
      var backward = 0
      let kept = world.edges.filter { edge in
        if edge.source >= edge.target { backward += 1 }
        return edge.source < edge.target || backward == 1
      }
      checkCuts(World(world.name, nodeCount: world.graph.nodeCount, edges: kept))
    }
    let ring = Digraph(nodeCount: 3, edges: [(0, 1), (1, 2), (2, 0)].map(Digraph.Edge.init))
    let components = ring.stronglyConnectedComponents()
    let cycle = ring.shortestCycle(in: 0, of: components)
    #expect(
      cycle.map { ring.edgesThatBreak($0, in: 0, of: components, effort: 17) } == .some(nil))
    #expect(
      cycle.map { ring.edgesThatBreak($0, in: 0, of: components, effort: 18) } == [0, 1, 2])
  }

  @Test func `a component without a cycle has none`() {
    let graph = path(nodeCount: 3)
    let components = graph.stronglyConnectedComponents()
    #expect(graph.shortestCycle(in: 0, of: components) == nil)
    #expect(graph.shortestCycles(of: components) == [])
  }

  @Test func `a ring of a million nodes is one cycle`() {
    let count = 1_000_000
    var edges: [Digraph.Edge] = []
    edges.reserveCapacity(count)
    for node in 0..<count {
      edges.append(Digraph.Edge(source: node, target: node + 1 < count ? node + 1 : 0))
    }
    let graph = Digraph(nodeCount: count, edges: edges)
    let cycles = graph.shortestCycles(of: graph.stronglyConnectedComponents(), effort: 4)
    #expect(cycles.count == 1)
    #expect(cycles.first?.nodes.count == count)
    #expect(cycles.first?.isShortest == true)
  }

  @Test func `a dense graph of layers with one way back is searched once`() {
    let (layers, width) = (40, 20)
    var edges: [Digraph.Edge] = []
    for layer in 1..<layers {
      for source in 0..<width {
        for target in 0..<width {
          edges.append(
            Digraph.Edge(source: (layer - 1) * width + source, target: layer * width + target))
        }
      }
    }
    edges.append(Digraph.Edge(source: layers * width - 1, target: 0))
    let graph = Digraph(nodeCount: layers * width, edges: edges)
    let cycles = graph.shortestCycles(of: graph.stronglyConnectedComponents(), effort: 2)
    #expect(cycles.map { $0.nodes.count } == [layers])
    #expect(cycles.first?.isShortest == true)
  }
}
