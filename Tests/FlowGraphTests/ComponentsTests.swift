import FlowGraph
import Testing

@Suite struct ComponentsTests {
  private func check(_ world: World) {
    let definition = Definition(world)
    let components = world.graph.stronglyConnectedComponents()
    let nodes = 0..<world.graph.nodeCount
    for one in nodes {
      for other in nodes {
        let isSame = components.component[one] == components.component[other]
        expect(
          isSame == definition.isSameComponent(one, other), "\(one) and \(other)", in: world)
      }
    }
    for edge in world.edges {
      expect(
        components.component[Int(edge.source)] <= components.component[Int(edge.target)],
        "an edge leads back", in: world)
    }
    for number in 0..<components.count {
      let members = nodes.filter { components.component[$0] == Int32(number) }
      expect(
        !members.isEmpty && components.members[number].map { Int($0) } == members,
        "members of \(number)", in: world)
      expect(
        components.isCyclic[number] == definition.isPath(members[0], members[0]),
        "cycle in \(number)", in: world)
    }
    let lowest = components.cyclic.map { components.members[$0].first ?? -1 }
    expect(lowest == lowest.sorted(), "cyclic components are out of order", in: world)
    expect(
      Set(components.cyclic) == Set((0..<components.count).filter { components.isCyclic[$0] }),
      "cyclic components differ", in: world)
  }

  @Test func `every small graph has the components that paths both ways make`() {
    withEverySmallDigraph(check)
  }

  @Test func `random graphs have the components that paths both ways make`() {
    withRandomDigraphs(count: 150, acyclic: false) { world, _ in check(world) }
  }
}
