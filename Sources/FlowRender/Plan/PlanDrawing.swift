import FlowGraph
import TaskFlow

/// Turns a plan into a drawing.
struct PlanDrawing {
  /// What is to be drawn.
  let drawing: Drawing

  init(_ plan: Plan, _ options: FlowPicture.Options) {
    let folding = PlanFolding(plan, depth: options.depth, maximumTasks: options.maximumTasks)
    let isDrawn = Self.drawnNodes(of: plan, folding)
    let ends = PlanEnds(plan, folding, isDrawn: isDrawn)
    let defects = PlanDefects(plan, ends)
    let data = PlanDataLines(plan, ends, leavingOut: defects.shows)
    let deciders = PlanDeciderLines(plan, folding, ends)
    let pairs =
      data.lines.map { ($0.source, $0.target) } + deciders.lines.map { ($0.source, $0.target) }
      + defects.hops.filter(\.isForward).map { ($0.source, $0.target) }
    let known = pairs.compactMap { source, target -> PlanOrder.Edge? in
      guard let from = ends.source(source), let to = ends.target(target) else { return nil }
      return PlanOrder.Edge(source: from, target: to)
    }
    let order = PlanOrder(plan.forwardGraph(folding), isDrawn: isDrawn)
      .reduced(against: known, nodeCount: plan.nodes.count)

    let frames = PlanFrames(plan, folding, options)
    let boxes = PlanBoxes(
      plan, folding, frames, options, isDrawn: isDrawn, junctions: order.junctions)
    var lines = PlanLines(plan, ends, frames, boxes)
    lines.add(data)
    lines.add(deciders)
    lines.add(order)
    lines.add(defects)
    drawing = Drawing(
      title: plan.name, description: PlanWords.summary(of: plan, folding: folding),
      direction: Self.direction(of: plan, options, lines.boxes.nodes), nodes: lines.boxes.nodes,
      clusters: frames.clusters, edges: lines.edges)
  }

  /// Tasks of open flows, folded flows, and the start of a flow that has nothing else.
  private static func drawnNodes(of plan: Plan, _ folding: PlanFolding) -> [Bool] {
    plan.nodes.indices.map { index in
      let node = NodeIndex(index)
      guard folding.shown[index] == node else { return false }
      if plan.nodes[index].isTask || folding.isFolded(node, in: plan) { return true }
      let flow = plan.flows[Int(plan.nodes[index].flow)]
      return flow.start == node && flow.children.isEmpty
    }
  }

  /// To the right when the picture is deeper than wide, counted in boxes.
  private static func direction(
    of plan: Plan, _ options: FlowPicture.Options, _ nodes: [Drawing.Node]
  ) -> Drawing.Direction {
    switch options.direction {
    case .leftToRight: return .leftToRight
    case .topToBottom: return .topToBottom
    case .automatic: break
    }
    var sizes: [Int: Int] = [:]
    for node in nodes where !node.kind.isDot { sizes[node.tier ?? -1, default: 0] += 1 }
    return sizes.count > sizes.values.max() ?? 0 ? .leftToRight : .topToBottom
  }
}
