import FlowGraph
import TaskFlow

/// What a decider's no skips, as the engine does it (semantics 9.3).
struct SkipReach {
  private let plan: Plan
  /// How many nodes and edges may still be looked at; a flow of a million conditions would take forever.
  private var stepsLeft: Int

  init(of plan: Plan) {
    self.plan = plan
    stepsLeft = 64 * (plan.nodes.count + plan.edges.count)
  }

  /// The atoms that are skipped, `node` first, or `nil` when too much has been looked at already.
  ///
  /// - Complexity: linear in what is skipped and its edges, over all calls linear in the size of the plan.
  mutating func atoms(skippedAt node: NodeIndex, _ depth: SkipDepth) -> [NodeIndex]? {
    guard stepsLeft > 0 else { return nil }
    switch depth {
    case .all: return cone(of: node, isTasksOnly: false)
    case .flow: return cone(of: node, isTasksOnly: true)
    case .neighbors:
      let next = plan.graph.successors(of: Int(node)).filter { plan.nodes[Int($0)].isTask }
      stepsLeft -= next.count
      return [node] + next
    case .atom: return [node]
    }
  }

  private mutating func cone(of node: NodeIndex, isTasksOnly: Bool) -> [NodeIndex] {
    var seen: Set<NodeIndex> = [node]
    var nodes = [node]
    var index = 0
    while index < nodes.count {
      for next in plan.graph.successors(of: Int(nodes[index])) {
        stepsLeft -= 1
        if isTasksOnly, !plan.nodes[Int(next)].isTask { continue }
        if seen.insert(next).inserted { nodes.append(next) }
      }
      index += 1
    }
    return nodes.filter { plan.nodes[Int($0)].isAtom }
  }
}
