import FlowGraph

extension Plan {
  /// Which atoms a decider can skip: those in front of which there is one, and all that they lead to.
  ///
  /// More may be marked than can happen, since a depth may keep a no from going so far.
  package static func nodesThatMayBeSkipped(in plan: Plan) -> [Bool] {
    let conditional = plan.nodes.indices.filter { index in
      plan.task(at: NodeIndex(index))?.traits.condition != nil
    }
    let decided = plan.edges.filter { $0.decider != nil }.map { Int($0.target) }
    var marks = [Bool](repeating: false, count: plan.nodes.count)
    guard !conditional.isEmpty || !decided.isEmpty else { return marks }
    let cone = plan.graph.descendants(of: conditional + decided)
    for index in plan.nodes.indices { marks[index] = cone.contains(index) }
    for index in conditional + decided { marks[index] = true }
    return marks
  }
}
