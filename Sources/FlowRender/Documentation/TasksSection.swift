import FlowGraph
import TaskFlow

/// Each task, in declaration order.
struct TasksSection {
  private(set) var blocks: [PageBlock] = []

  private let plan: Plan
  private let names: PageNames

  init(_ plan: Plan, _ names: PageNames) {
    self.plan = plan
    self.names = names
    blocks.append(.heading(level: 2, [.text("Tasks")], anchor: "tasks"))
    if plan.tasks.isEmpty { blocks.append(.paragraph([.text("The flow has no tasks.")], .quiet)) }
    let nodes = plan.atoms.filter { plan.nodes[Int($0)].isTask }
    if nodes.count > FlowDocumentation.sectionLimit {
      let shown = FlowDocumentation.sectionLimit
      blocks.append(.paragraph([.text("The first \(shown) of \(nodes.count) tasks.")], .quiet))
    }
    for node in nodes.prefix(FlowDocumentation.sectionLimit) {
      guard let task = plan.task(at: node) else { continue }
      blocks.append(.card(card(of: task, at: node)))
    }
  }

  private func card(of task: FlowTask, at node: NodeIndex) -> [PageBlock] {
    let traits = task.traits
    var heading: [PageText] = [.text(task.name)]
    for tag in tags(of: task) { heading += [.text(" "), tag] }
    var blocks: [PageBlock] = [
      .heading(level: 3, heading, anchor: names.anchors.anchor(of: node))
    ]
    if let summary = traits.summary { blocks += FlowPage.paragraphs(of: summary) }
    var facts: [PageFact] = []
    if let place = place(of: node) { facts.append(PageFact("Where", place)) }
    if let condition = traits.condition {
      facts.append(PageFact("When", when(condition, at: node)))
    }
    let arguments = ArgumentWords(plan: plan, names: names)
    add("Requires", arguments.lines(of: node, for: .execute), to: &facts)
    if case .command(let command) = task.action, !command.secrets.isEmpty {
      facts.append(PageFact("Secrets", [.text(command.secrets.joined(separator: ", "))]))
    }
    if !task.provision.items.isEmpty { facts.append(PageFact("Provides", provides(task))) }
    facts.append(PageFact("Runs", ActionWords(task.action, provision: task.provision).blocks))
    facts.append(PageFact("Undo", undo(traits)))
    if traits.revert?.requirements != nil {
      add("Undo requires", arguments.lines(of: node, for: .revert), to: &facts)
    }
    blocks.append(.facts(facts))
    return blocks
  }

  private func tags(of task: FlowTask) -> [PageText] {
    let traits = task.traits
    var tags: [PageText] = [.tag(TaskWords.action(task.action), .quiet)]
    if let timeout = traits.timeout {
      tags.append(.tag("at most \(DurationText.text(of: timeout))", .quiet))
    }
    if task.priority != 0 { tags.append(.tag("priority \(task.priority)", .quiet)) }
    if traits.isIdempotent { tags.append(.tag("idempotent", .quiet)) }
    if traits.isIrreversible { tags.append(.tag("irreversible", .warning)) }
    if traits.isAtMostOnce { tags.append(.tag("at most once", .warning)) }
    return tags
  }

  /// The flow and the tier, where they say something.
  private func place(of node: NodeIndex) -> [PageText]? {
    var text: [PageText] = []
    let flow = plan.flows[Int(plan.nodes[Int(node)].flow)]
    if let tiers = plan.tiers {
      text.append(.text("tier \(tiers.level[Int(node)] + 1) of \(tiers.count)"))
    }
    if plan.isMadeForItsTask(flow), let controller = flow.retry.flatMap(plan.controller(at:)) {
      text += [.text(text.isEmpty ? "" : ", "), .tag(RetryWords.badge(of: controller), .retry)]
    } else if flow.parent != nil {
      text += [.text(text.isEmpty ? "in " : ", in "), .strong(flow.name)]
    }
    return text.isEmpty ? nil : text
  }

  private func when(_ condition: Condition, at node: NodeIndex) -> [PageText] {
    var text: [PageText] = [.code(condition.summary)]
    let reads = ArgumentWords(plan: plan, names: names).lines(of: node, for: .condition)
    if !reads.isEmpty { text += [.text(" with ")] + reads.joinedByCommas }
    return text + [.muted("; otherwise \(condition.depth.reach)")]
  }

  private func provides(_ task: FlowTask) -> [PageText] {
    task.provision.items.map { item -> [PageText] in
      [.code(item.symbol)] + (item.type.map { [.muted(" \($0.name)")] } ?? [])
    }.joinedByCommas
  }

  private func undo(_ traits: TaskTraits) -> [PageBlock] {
    if let revert = traits.revert {
      var blocks = ActionWords(revert.action).blocks
      if let timeout = revert.timeout {
        blocks.append(.paragraph([.text("at most \(DurationText.text(of: timeout))")], .quiet))
      }
      return blocks
    }
    if traits.isIrreversible {
      return [.paragraph([.tag("irreversible", .warning), .text(" it cannot be undone")])]
    }
    return traits.isRevertDeclaredNeedless
      ? [.paragraph([.text("nothing to undo")], .quiet)]
      : [.paragraph([.tag("says nothing", .warning), .text(" about being undone")])]
  }

  private func add(_ label: String, _ lines: [[PageText]], to facts: inout [PageFact]) {
    guard !lines.isEmpty else { return }
    facts.append(
      PageFact(label, lines.count == 1 ? [.paragraph(lines[0])] : [.list(lines)]))
  }
}
