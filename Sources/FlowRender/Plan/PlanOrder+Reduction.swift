import FlowGraph
import TaskFlow

extension PlanOrder {
  /// The order without what other lines say: a shortest list of edges that, with those, keeps the order.
  ///
  /// - Parameter known: lines that are drawn anyway.
  func reduced(against known: [Edge], nodeCount: Int) -> PlanOrder {
    var order = self
    order.dropNeedlessJunctions(known, nodeCount: nodeCount)
    let graph = Digraph(nodeCount: nodeCount, edges: known + order.edges)
    // With a cycle among the known lines nothing is implied by others for sure, and all stay.
    guard let kept = graph.transitiveReduction() else { return order }
    order.edges = kept.filter { Int($0) >= known.count }.map { order.edges[Int($0) - known.count] }
    return order
  }

  /// How many pairs are looked at to find out whether a junction is needed.
  private static let pairLimit = 256

  /// Drops each junction whose order is known from other lines, pair by pair.
  private mutating func dropNeedlessJunctions(_ known: [Edge], nodeCount: Int) {
    guard !junctions.isEmpty else { return }
    let isJunction = Set(junctions)
    var before: [NodeIndex: [NodeIndex]] = [:]
    var after = before
    var direct = known
    for edge in edges {
      if isJunction.contains(edge.target) { before[edge.target, default: []].append(edge.source) }
      if isJunction.contains(edge.source) { after[edge.source, default: []].append(edge.target) }
      if !isJunction.contains(edge.source), !isJunction.contains(edge.target) {
        direct.append(edge)
      }
    }
    var queries: [Digraph.ReachabilityQuery] = []
    var owners: [NodeIndex] = []
    for junction in junctions {
      let (sources, targets) = (before[junction] ?? [], after[junction] ?? [])
      let isSimple = !(sources + targets).contains(where: isJunction.contains)
      guard isSimple, sources.count * targets.count <= Self.pairLimit else {
        queries.append(Digraph.ReachabilityQuery(source: junction, target: junction))
        owners.append(junction)
        continue
      }
      for source in sources {
        for target in targets {
          queries.append(Digraph.ReachabilityQuery(source: source, target: target))
          owners.append(junction)
        }
      }
    }
    let answers = Digraph(nodeCount: nodeCount, edges: direct).reaches(queries)
    let needed = Set(zip(owners, answers).filter { !$0.1 }.map(\.0))
    junctions.removeAll { !needed.contains($0) }
    edges.removeAll { edge in
      [edge.source, edge.target].contains { isJunction.contains($0) && !needed.contains($0) }
    }
  }
}
