import FlowGraph
import TaskFlow

/// Where a line of a picture can end: at a box, or at the frame of a flow.
enum LineEnd: Hashable {
  case node(NodeIndex)
  case frame(flow: Int32)
}

/// Which ends atoms and flows have in a picture, and by which box a frame is stood for.
struct PlanEnds {
  private let plan: Plan
  private let folding: PlanFolding

  /// The first and the last box in each open flow, by tiers.
  private let first: [NodeIndex?]
  private let last: [NodeIndex?]

  init(_ plan: Plan, _ folding: PlanFolding, isDrawn: [Bool]) {
    self.plan = plan
    self.folding = folding
    var first = [NodeIndex?](repeating: nil, count: plan.flows.count)
    var last = first
    let level = plan.tiers?.level ?? []
    for index in plan.nodes.indices where isDrawn[index] {
      let node = NodeIndex(index)
      Self.widen(Int(plan.nodes[index].flow), to: node, &first, &last, level)
    }
    // Inner flows come after outer ones.
    for (index, flow) in plan.flows.enumerated().reversed() {
      guard let parent = flow.parent else { continue }
      for node in [first[index], last[index]].compactMap(\.self) {
        Self.widen(Int(parent), to: node, &first, &last, level)
      }
    }
    self.first = first
    self.last = last
  }

  private static func widen(
    _ flow: Int, to node: NodeIndex, _ first: inout [NodeIndex?], _ last: inout [NodeIndex?],
    _ level: [Int32]
  ) {
    func place(_ node: NodeIndex) -> (Int32, NodeIndex) {
      (level.isEmpty ? 0 : level[Int(node)], node)
    }
    if first[flow].map({ place(node) < place($0) }) ?? true { first[flow] = node }
    if last[flow].map({ place($0) < place(node) }) ?? true { last[flow] = node }
  }

  /// The end that a node has: its own box, that of the folded flow around it, or, for a start, an end
  /// or a controller, its flow's frame.
  func end(of node: NodeIndex) -> LineEnd {
    let shown = folding.shown[Int(node)]
    if shown != node || folding.isFolded(node, in: plan) || plan.nodes[Int(node)].isTask {
      return .node(shown)
    }
    return .frame(flow: plan.nodes[Int(node)].flow)
  }

  /// The box at which a line that leaves an end begins; `nil` for a flow without any.
  func source(_ end: LineEnd) -> NodeIndex? {
    switch end {
    case .node(let node): node
    case .frame(let flow): last[Int(flow)]
    }
  }

  /// The box at which a line that leads to an end arrives; `nil` for a flow without any.
  func target(_ end: LineEnd) -> NodeIndex? {
    switch end {
    case .node(let node): node
    case .frame(let flow): first[Int(flow)]
    }
  }

  /// Whether one end is inside the other, so that no line is needed between them.
  func isInside(_ one: LineEnd, _ other: LineEnd) -> Bool {
    func holds(_ outer: LineEnd, _ inner: LineEnd) -> Bool {
      guard case .frame(let flow) = outer else { return outer == inner }
      let range = plan.flows[Int(flow)].nodes
      switch inner {
      case .node(let node): return range.contains(node)
      case .frame(let flow): return range.contains(plan.flows[Int(flow)].start)
      }
    }
    return holds(one, other) || holds(other, one)
  }
}
