import FlowDiagnostics
import FlowGraph
import TaskFlow

/// What a flow's page says.
struct FlowPage {
  let content: PageContent

  init(_ plan: Plan, findings: [Finding]) {
    let anchors = TaskAnchors(plan)
    let names = PageNames(plan, anchors)
    var blocks: [PageBlock] = [.heading(level: 1, [.text(plan.name)], anchor: nil)]
    if let summary = plan.flows[0].summary { blocks += FlowPage.paragraphs(of: summary) }
    let folding = PlanFolding(plan, depth: nil, maximumTasks: .max)
    let words = PlanWords.summary(of: plan, folding: folding)
    blocks.append(.paragraph([.text("\(words).")], .quiet))
    blocks += FindingsSection(findings).blocks
    blocks.append(.picture(summary: "The flow \(plan.name): \(words)"))
    blocks += InputsSection(plan.inputs).blocks
    blocks += TasksSection(plan, names).blocks
    blocks += TiersSection(plan, names).blocks
    blocks += RetriesSection(plan, names).blocks
    if !findings.contains(where: { $0.severity == .error }), plan.problems.allSatisfy(\.isHarmless)
    {
      blocks += FailuresSection(plan, names).blocks
    }
    content = PageContent(title: plan.name, kind: "Flow", blocks: blocks)
  }

  /// A text of a flow's author as paragraphs, which empty lines separate.
  static func paragraphs(of text: String) -> [PageBlock] {
    var paragraphs: [PageBlock] = []
    var words: [Substring] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for line in lines + [Substring()] {
      if !line.allSatisfy(\.isWhitespace) {
        words.append(line)
      } else if !words.isEmpty {
        paragraphs.append(.paragraph([.text(words.joined(separator: "\n"))]))
        words = []
      }
    }
    return paragraphs
  }
}

extension PlanProblem {
  /// Whether the flow can be run all the same.
  var isHarmless: Bool {
    if case .conflict = self { true } else { false }
  }
}

/// How a page names parts of a plan, with links to their sections.
struct PageNames {
  let plan: Plan
  let anchors: TaskAnchors

  /// Lists longer than this name the first few and say how many there are.
  private static let longest = 12

  init(_ plan: Plan, _ anchors: TaskAnchors) {
    self.plan = plan
    self.anchors = anchors
  }

  /// An atom: a task with a link, or a controller by its flow.
  func atom(_ node: NodeIndex) -> [PageText] {
    guard case .retry = plan.nodes[Int(node)].kind else { return [task(node)] }
    return [.text("the retry of ")] + flow(of: node)
  }

  /// A task.
  func task(_ node: NodeIndex) -> PageText {
    .link(plan.name(of: node), .anchor(anchors.anchor(of: node)))
  }

  /// What a controller is about: its flow, or the task that it was made for.
  func flow(of controller: NodeIndex) -> [PageText] {
    let flow = plan.flows[Int(plan.nodes[Int(controller)].flow)]
    if plan.isMadeForItsTask(flow) { return [task(flow.children[0])] }
    return [.strong(flow.name)]
  }

  /// The tasks, with commas between.
  func tasks(_ nodes: [NodeIndex]) -> [PageText] { list(nodes, separator: ", ") }

  /// The tasks in an order.
  func path(_ nodes: [NodeIndex]) -> [PageText] { list(nodes, separator: " → ") }

  private func list(_ nodes: [NodeIndex], separator: String) -> [PageText] {
    var result: [PageText] = []
    let shown = nodes.count > Self.longest ? nodes.prefix(Self.longest - 1) : nodes[...]
    for (index, node) in shown.enumerated() {
      if index > 0 { result.append(.text(separator)) }
      result += atom(node)
    }
    if shown.count < nodes.count { result.append(.muted(" and \(nodes.count - shown.count) more")) }
    return result
  }
}
