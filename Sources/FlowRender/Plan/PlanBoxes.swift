import FlowGraph
import TaskFlow

/// The boxes of a picture, and which plan nodes they stand for.
struct PlanBoxes {
  /// The boxes, in the declaration order of their nodes.
  private(set) var nodes: [Drawing.Node] = []

  /// The box of each plan node that has one.
  private(set) var box: [Int?]

  private let plan: Plan
  private let folding: PlanFolding
  private let frames: PlanFrames
  private let options: FlowPicture.Options

  /// - Parameters:
  ///   - isDrawn: which nodes have a box.
  ///   - junctions: those that are drawn as dots, in index order.
  init(
    _ plan: Plan, _ folding: PlanFolding, _ frames: PlanFrames, _ options: FlowPicture.Options,
    isDrawn: [Bool], junctions: [NodeIndex]
  ) {
    self.plan = plan
    self.folding = folding
    self.frames = frames
    self.options = options
    box = Array(repeating: nil, count: plan.nodes.count)
    let anchors = options.linksToDocumentation ? TaskAnchors(plan) : nil
    let dots = Set(junctions)
    for index in plan.nodes.indices where isDrawn[index] || dots.contains(NodeIndex(index)) {
      let node = NodeIndex(index)
      box[index] = nodes.count
      if let task = plan.task(at: node) {
        nodes.append(self.task(task, at: node, link: anchors?.link(to: node)))
      } else if isDrawn[index], folding.isFolded(node, in: plan) {
        nodes.append(folded(plan.flows[Int(plan.nodes[index].flow)]))
      } else {
        nodes.append(dot(at: node, isJunction: !isDrawn[index]))
      }
    }
  }

  /// Marks a box.
  mutating func mark(_ box: Int?, _ mark: Drawing.Mark) {
    guard let box, !nodes[box].marks.contains(mark) else { return }
    nodes[box].marks.append(mark)
  }

  /// Adds a box that no plan node has, and gives its position.
  mutating func add(_ node: Drawing.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private func tier(of node: NodeIndex) -> Int? {
    plan.tiers.map { Int($0.level[Int(node)]) }
  }

  private func task(_ task: FlowTask, at node: NodeIndex, link: String?) -> Drawing.Node {
    Drawing.Node(
      name: task.name, detail: TaskWords.detail(of: task), state: state(of: node),
      tooltip: TaskWords.sentence(of: task), tier: tier(of: node),
      cluster: frames.ofFlow[Int(plan.nodes[Int(node)].flow)], link: link)
  }

  private func folded(_ flow: PlanFlow) -> Drawing.Node {
    let tasks = flow.nodes.filter { plan.nodes[Int($0)].isTask }
    var words = [PlanWords.count(tasks.count, "task")]
    if let controller = flow.retry.flatMap(plan.controller(at:)) {
      words.append(RetryWords.badge(of: controller))
    }
    var drawn = Drawing.Node(
      kind: .foldedFlow, name: flow.name, detail: words.joined(separator: " · "),
      tooltip: flow.summary ?? "", tier: tier(of: flow.start),
      cluster: flow.parent.flatMap { frames.ofFlow[Int($0)] })
    drawn.state = commonState(of: tasks)
    return drawn
  }

  /// A dot stands beside the flow that starts or ends there; that of an empty flow in its frame.
  private func dot(at node: NodeIndex, isJunction: Bool) -> Drawing.Node {
    let flow = plan.nodes[Int(node)].flow
    let isEnd = if case .flowEnd = plan.nodes[Int(node)].kind { true } else { false }
    let place = isJunction ? plan.flows[Int(flow)].parent ?? flow : flow
    return Drawing.Node(
      kind: isEnd ? .end : .start, name: plan.flows[Int(flow)].name, tier: tier(of: node),
      cluster: frames.ofFlow[Int(place)])
  }

  // MARK: States of a run

  private func state(of node: NodeIndex) -> Drawing.State {
    options.states[node].flatMap { Drawing.State(rawValue: $0.rawValue) } ?? .plain
  }

  /// What is worth knowing about the tasks of a folded flow: the first of these states that one of
  /// them has, else the one that all have.
  private func commonState(of tasks: [NodeIndex]) -> Drawing.State {
    let states = Set(tasks.map(state))
    let telling: [Drawing.State] = [
      .revertFailure, .failure, .reverting, .retrying, .running,
    ]
    if let first = telling.first(where: states.contains) { return first }
    if states.count == 1, let only = states.first { return only }
    return states.contains(.success) && states.contains(.pending) ? .running : .plain
  }
}
