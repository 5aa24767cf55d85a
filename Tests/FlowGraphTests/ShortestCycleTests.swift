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
