import FlowGraph
import Testing

/// A path of a million nodes ends what recurses and what is quadratic.
@Suite struct MillionNodePathTests {
  private static let count = 1_000_000
  private static let graph = path(nodeCount: count)
  private var count: Int { Self.count }
  private var graph: Digraph { Self.graph }

  @Test func `topological order`() {
    let order = graph.topologicalOrder()
    #expect(order?.count == count)
    #expect(order?.last == Int32(count - 1))
  }

  @Test func `tiers`() {
    let tiers = graph.tiers()
    #expect(tiers?.count == count)
    #expect(tiers?.level.last == Int32(count - 1))
  }

  @Test func `strongly connected components and their cycles`() {
    let components = graph.stronglyConnectedComponents()
    #expect(components.count == count)
    #expect(components.component[count - 1] == Int32(count - 1))
    #expect(graph.shortestCycles(of: components).isEmpty)
  }

  @Test func `descendants and ancestors`() {
    #expect(graph.descendants(of: 0).count == count - 1)
    #expect(graph.ancestors(of: count - 1).count == count - 1)
  }

  @Test func `reachability queries`() {
    let there = Digraph.ReachabilityQuery(source: 0, target: count - 1)
    let back = Digraph.ReachabilityQuery(source: count - 1, target: 0)
    #expect(graph.reaches([there, back]) == [true, false])
  }

  @Test func `transitive reduction`() {
    #expect(graph.transitiveReduction()?.count == count - 1)
  }

  @Test func `dominators`() {
    let tree = graph.dominators(from: 0)
    #expect(tree.immediateDominator(of: count - 1) == count - 2)
    #expect(tree.dominators(of: count - 1).count == count)
  }

  @Test func `critical path`() {
    let critical = graph.criticalPath(weights: [Int](repeating: 2, count: count))
    #expect(critical?.length == 2 * count)
    #expect(critical?.nodes.count == count)
  }

  @Test func `width`() {
    #expect(graph.width() == .largestAntichain([0]))
  }
}
