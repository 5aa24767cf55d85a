import FlowGraph
import TaskFlow

extension RunMachine {
  /// Asks the deciders of an atom that is otherwise ready.
  ///
  /// - Returns: the widest depth among those that said no, or `nil` when none did (semantics 9.2, 9.3).
  func skipDepth(of node: NodeIndex) throws -> SkipDepth? {
    guard tables.isDecided[Int(node)] else { return nil }
    var depths: [SkipDepth] = []
    if let condition = plan.task(at: node)?.traits.condition {
      let arguments = try arguments(of: node, for: .condition)
      if try !condition.decide(arguments) { depths.append(condition.depth) }
    }
    for position in tables.deciders[node] ?? [] {
      let edge = plan.edges[Int(position)]
      guard let index = edge.decider else { continue }
      let decider = plan.linkDeciders[Int(index)]
      var results: [String: AtomResult] = [:]
      if tables.isAtom[Int(edge.source)] {
        // A source that was skipped abstains; one that is a flow votes without a result.
        guard states[Int(edge.source)] != .ignored else { continue }
        results[plan.name(of: edge.source)] = self.results[Int(edge.source)]
      }
      if try !decider.decide(results) { depths.append(decider.depth) }
    }
    return depths.max()
  }

  /// Skips an atom, and as much around it as the depth says.
  mutating func skip(_ node: NodeIndex, depth: SkipDepth) {
    var skipped = [node]
    switch depth {
    case .all:
      skipped += visits.cone(of: node, in: plan.graph)
    case .flow:
      let isTask = tables.isTask
      skipped += visits.cone(of: node, in: plan.graph) { $0 == node || isTask[Int($0)] }
        .filter { isTask[Int($0)] }
    case .neighbors:
      skipped += plan.graph.successors(of: Int(node)).filter { tables.isTask[Int($0)] }
    case .atom:
      break
    }
    for node in skipped where tables.isAtom[Int(node)] && states[Int(node)] == .pending {
      intentions[Int(node)] = .ignore
      change(node, to: .ignored)
    }
  }
}
