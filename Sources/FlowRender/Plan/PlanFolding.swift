import TaskFlow

/// Which flows of a plan are open in a picture, and which are one box.
///
/// A flow is open if it lies less deep than the level and no flow around it is folded. The level is the
/// lowest of what is asked for, of what anybody can read, and of what keeps to the limits.
struct PlanFolding {
  /// Whether each flow's children are drawn.
  let isOpen: [Bool]

  /// What stands for each node: itself, or the start of the folded flow that it is in.
  let shown: [NodeIndex]

  /// How many levels are open.
  let level: Int

  /// More frames in each other can't be told apart, and Graphviz is recursive over them.
  static let deepest = 32

  /// Boxes and lines that are left for what is wrong.
  private static let reserve = 1_000

  /// How many lines there may be for each box.
  private static let edgesPerTask = 4

  init(_ plan: Plan, depth: Int?, maximumTasks: Int) {
    let limit = min(max(maximumTasks, 1), Drawing.nodeLimit - Self.reserve)
    let isTooWide = plan.flows.map { $0.children.count > limit }
    let chosen = min(max(depth ?? Self.deepest, 0), Self.deepest)
    let load = Load(plan, isTooWide)
    level = load.lowest(
      within: chosen, nodes: limit,
      edges: min(limit * Self.edgesPerTask, Drawing.edgeLimit - 6 * Self.reserve))
    var isOpen: [Bool] = []
    var fold: [NodeIndex?] = []
    for (index, flow) in plan.flows.enumerated() {
      let outer = flow.parent.flatMap { fold[Int($0)] }
      isOpen.append(outer == nil && flow.depth < level && !isTooWide[index])
      fold.append(outer ?? (isOpen[index] ? nil : flow.start))
    }
    self.isOpen = isOpen
    shown = plan.nodes.indices.map { fold[Int(plan.nodes[$0].flow)] ?? NodeIndex($0) }
  }

  /// Whether a node is the box of a folded flow.
  func isFolded(_ node: NodeIndex, in plan: Plan) -> Bool {
    !isOpen[Int(plan.nodes[Int(node)].flow)] && shown[Int(node)] == node
  }
}

/// How much is drawn at each level, at most.
private struct Load {
  private var nodes = [Int](repeating: 0, count: PlanFolding.deepest + 1)
  private var edges = [Int](repeating: 0, count: PlanFolding.deepest + 1)

  /// - Complexity: linear in the size of the plan.
  init(_ plan: Plan, _ isTooWide: [Bool]) {
    // The flow that is open or folded in place of each: itself, or one around it.
    var place: [Int] = []
    for (index, flow) in plan.flows.enumerated() {
      let outer = flow.parent.map { place[Int($0)] }
      let isHidden = flow.depth > PlanFolding.deepest || outer.map { isTooWide[$0] } ?? false
      place.append(isHidden ? outer ?? index : index)
      guard !isHidden, !isTooWide[index] else { continue }
      // An open flow's boxes are its tasks; its flows count where they are open, or as one box.
      let depth = Int(flow.depth)
      if depth <= PlanFolding.deepest { nodes[depth] += max(flow.children.count, 1) }
    }
    for edge in plan.edges {
      var flow = Int(plan.nodes[Int(edge.target)].flow)
      // What leads to a flow is a line of the flow around.
      if case .flowStart = plan.nodes[Int(edge.target)].kind {
        flow = Int(plan.flows[flow].parent ?? 0)
      }
      guard place[flow] == flow, !isTooWide[flow] else { continue }
      edges[min(Int(plan.flows[flow].depth), PlanFolding.deepest)] += 1
    }
    for atom in plan.atoms {
      for method in Plan.Method.allCases {
        for binding in plan.bindings(of: atom, for: method) {
          guard let provider = plan.bindings.likeliest(of: binding) else { continue }
          let one = place[Int(plan.nodes[Int(provider.node)].flow)]
          let other = place[Int(plan.nodes[Int(atom)].flow)]
          let meeting = Self.meeting(one, other, in: plan)
          guard !isTooWide[meeting] else { continue }
          edges[min(Int(plan.flows[meeting].depth), PlanFolding.deepest)] += 1
        }
      }
    }
  }

  /// The innermost flow around both.
  private static func meeting(_ one: Int, _ other: Int, in plan: Plan) -> Int {
    var (one, other) = (one, other)
    while one != other {
      // Inner flows come after outer ones, so the later one is the one to leave.
      if one > other {
        one = Int(plan.flows[one].parent ?? 0)
      } else {
        other = Int(plan.flows[other].parent ?? 0)
      }
    }
    return one
  }

  /// The most levels, up to a number of them, with which everything fits.
  func lowest(within levels: Int, nodes nodeLimit: Int, edges edgeLimit: Int) -> Int {
    var (nodeCount, edgeCount) = (0, 0)
    for level in 0..<levels {
      nodeCount += nodes[level]
      edgeCount += edges[level]
      if nodeCount > nodeLimit || edgeCount > edgeLimit { return level }
    }
    return levels
  }
}
