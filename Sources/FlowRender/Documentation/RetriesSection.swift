import TaskFlow

/// Each retry controller: what it is asked about, how often it tries, and how it ends.
struct RetriesSection {
  private(set) var blocks: [PageBlock] = []

  private let plan: Plan
  private let names: PageNames

  /// More pauses than this are not listed one by one.
  private static let longest = 6

  init(_ plan: Plan, _ names: PageNames) {
    self.plan = plan
    self.names = names
    guard !plan.controllers.isEmpty else { return }
    blocks.append(.heading(level: 2, [.text("Retries")], anchor: "retries"))
    let nodes = plan.atoms.filter { !plan.nodes[Int($0)].isTask }
    for node in nodes.prefix(FlowDocumentation.sectionLimit) {
      guard let controller = plan.controller(at: node) else { continue }
      blocks.append(.card(card(of: controller, at: node)))
    }
  }

  private func card(of controller: RetryController, at node: NodeIndex) -> [PageBlock] {
    let flow = plan.flows[Int(plan.nodes[Int(node)].flow)]
    let title = plan.isMadeForItsTask(flow) ? plan.name(of: flow.children[0]) : flow.name
    var facts: [PageFact] = [
      PageFact("Attempts", [.text(RetryWords.sentence(of: controller))])
    ]
    if let pauses = pauses(of: controller) { facts.append(PageFact("Pauses", pauses)) }
    if let filter = controller.filter {
      facts.append(PageFact("Only for", [.code(filter.summary)]))
    }
    facts.append(PageFact("Is asked about", area(of: node)))
    let reads = ArgumentWords(plan: plan, names: names).lines(of: node, for: .execute)
    if !reads.isEmpty { facts.append(PageFact("Requires", reads.joinedByCommas)) }
    if !controller.provision.items.isEmpty {
      let symbols = controller.provision.items.map { [PageText.code($0.symbol)] }
      facts.append(
        PageFact("Provides", symbols.joinedByCommas + [.text(", anew for each attempt")]))
    }
    facts.append(PageFact("In the end", end(of: controller, at: node)))
    return [
      .heading(
        level: 3, [.text(title), .text(" "), .tag(RetryWords.badge(of: controller), .retry)],
        anchor: "retry-\(node)"),
      .facts(facts),
    ]
  }

  private func area(of node: NodeIndex) -> [PageText] {
    let area = plan.areaOfInfluence(of: node)
    return area.isEmpty ? [.muted("nothing: its flow is empty")] : names.tasks(area)
  }

  private func end(of controller: RetryController, at node: NodeIndex) -> [PageText] {
    if controller.undoesEverything { return [.text("the whole flow is undone")] }
    let own: [PageText] = [.text("only ")] + names.flow(of: node) + [.text(" is undone")]
    guard let outer = plan.nodes[Int(node)].controller else {
      return own + [.text("; what ran before stays done")]
    }
    return [.text("the retry of ")] + names.flow(of: outer) + [.text(" is asked; if it has no ")]
      + [.text("attempt left either, ")] + own
  }

  private func pauses(of controller: RetryController) -> [PageText]? {
    guard let backoff = controller.backoff, controller.mayRetry else { return nil }
    func pause(_ retry: Int) -> String {
      DurationText.text(of: backoff.delay(beforeRetry: retry, fraction: 1))
    }
    let most = controller.mostAttempts.map { $0 - 1 } ?? .max
    let upTo = backoff.jitter == .full ? "up to " : ""
    if most == 1 { return [.text("\(upTo)\(pause(1)) before the second attempt")] }
    var text = (1...min(most, Self.longest)).map(pause).joined(separator: ", ")
    if most > Self.longest { text += ", … (at most \(DurationText.text(of: backoff.maximum)))" }
    let spread = backoff.jitter == .full ? "; each a random part of that" : ""
    return [.text("\(text)\(spread)")]
  }
}
