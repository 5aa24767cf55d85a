import FlowGraph

extension Work {
  /// The plan with everything but its bindings.
  func plan(of flow: Flow) -> Plan {
    var plan = Plan(span: flow.span)
    plan.inputs = flow.inputs
    plan.secrets = flow.secrets
    plan.tasks = outline.tasks
    plan.controllers = outline.controllers
    plan.symbols = symbols.names
    plan.hierarchyPosition = hierarchy.position
    addFlows(to: &plan)
    addNodes(to: &plan)
    addEdges(to: &plan)
    return plan
  }

  private func addFlows(to plan: inout Plan) {
    plan.flowSpans = outline.levels.map(\.flow.span)
    plan.flows = outline.levels.enumerated().map { index, level in
      PlanFlow(
        name: level.flow.name, pattern: level.flow.pattern, parent: level.parent,
        depth: level.depth, start: level.start, end: level.end, retry: level.retry,
        children: hierarchy.children[index], summary: level.flow.summary,
        timeout: level.flow.timeout, concurrencyLimit: level.flow.concurrencyLimit)
    }
  }

  private func addNodes(to plan: inout Plan) {
    // The controller of what is in a flow: its own, or that of the next flow out that has one.
    var controllerInside = [NodeIndex?](repeating: nil, count: outline.levels.count)
    for (index, level) in outline.levels.enumerated() {
      controllerInside[index] = level.retry ?? level.parent.flatMap { controllerInside[Int($0)] }
    }
    plan.nodes = outline.kinds.indices.map { index in
      let flow = outline.flowOfNode[index]
      let isTask = if case .task = outline.kinds[index] { true } else { false }
      let parent = outline.levels[Int(flow)].parent
      let controller =
        isTask ? controllerInside[Int(flow)] : parent.flatMap { controllerInside[Int($0)] }
      return PlanNode(kind: outline.kinds[index], flow: flow, controller: controller)
    }
  }

  private func addEdges(to plan: inout Plan) {
    let edges = PlanGraph(of: outline, links: links)
    plan.edges = edges.edges
    plan.edgeSymbols = edges.edgeSymbols
    plan.linkDeciders = edges.deciders
    plan.graph = Digraph(
      nodeCount: outline.kinds.count,
      edges: edges.edges.map { Digraph.Edge(source: $0.source, target: $0.target) })
    plan.predecessors = plan.graph.reversed()
    plan.tiers = tiers(of: plan, edges)
  }

  private func tiers(of plan: Plan, _ edges: PlanGraph) -> Tiers? {
    let nodes = plan.nodes
    if let tiers = plan.graph.tiers(counting: { nodes[$0].isTask }) { return tiers }
    let forward = edges.forwardEdges(by: hierarchy.position)
    let graph = Digraph(
      nodeCount: nodes.count,
      edges: forward.map { Digraph.Edge(source: $0.source, target: $0.target) })
    return graph.tiers(counting: { nodes[$0].isTask })
  }
}
