import FlowDiagnostics

/// Says why an atom gets no value for a symbol: who provides it and why that is not visible, or which
/// names are near.
struct MissingExplanation {
  private let work: Work
  private let inputs: [String]
  private var suggestionsLeft = 200

  init(work: Work, inputs: [String]) {
    self.work = work
    self.inputs = inputs
  }

  /// The finding for a required argument that nothing gives.
  mutating func finding(for argument: Binder.Argument) -> Finding {
    let outline = work.outline
    let symbol = argument.requirement.symbol
    let purpose =
      switch argument.method {
      case .execute: "requires"
      case .revert: "requires for its revert"
      case .condition: "requires for its condition"
      }
    var finding = Finding(
      rule: "missing-requirement",
      message: "\(outline.label(of: argument.atom)) \(purpose) '\(symbol)', which nothing gives it",
      span: argument.requirement.span)
    guard let number = work.symbols.number(of: symbol) else {
      finding.help = suggestion(for: argument)
      return finding
    }
    let providers = work.symbols.providers[work.symbols.range(of: number)]
    let reasons = providers.prefix(3).map { reason(why: $0.node, isInvisibleTo: argument.atom) }
    finding.related = zip(providers, reasons).map { provider, reason in
      Finding.Related(
        span: outline.provision(of: provider.node).span(of: symbol)
          ?? outline.span(of: provider.node),
        message: reason.message)
    }
    if providers.count > 3 {
      finding.notes.append("\(providers.count - 3) more provide it where it is not visible")
    }
    if let first = reasons.first {
      finding.help = first.help
      if let rule = first.rule { finding.rule = rule }
    }
    return finding
  }

  /// Why a provider is not visible, and what to do about it.
  private struct Reason {
    var message: String
    var help: String
    var rule: String?
  }

  private func reason(why provider: NodeIndex, isInvisibleTo atom: NodeIndex) -> Reason {
    let outline = work.outline
    let label = outline.label(of: provider)
    if provider == atom {
      return Reason(
        message: "\(label) provides it itself", help: "a task can't require what only it provides",
        rule: "self-dependency")
    }
    let start = outline.flowOfNode[Int(atom)]
    let level = work.ancestry.nearest(from: start) { flow in
      outline.levels[Int(flow)].start <= provider && provider <= outline.levels[Int(flow)].end
    }
    guard let level else { return Reason(message: "\(label) provides it", help: "order the two") }
    let flow = outline.levels[Int(level)]
    let isController = flow.retry == atom
    switch flow.flow.pattern {
    case _ where isController:
      return Reason(
        message: "\(label) provides it, but runs after \(outline.label(of: atom))",
        help: "a controller starts before all of its flow: give it the value from outside")
    case .linear:
      return Reason(
        message: "\(label) provides it, but comes later in linear flow '\(flow.flow.name)'",
        help: "move \(label) before \(outline.label(of: atom))")
    case .unordered:
      return Reason(
        message: "\(label) provides it, but has no order to \(outline.label(of: atom)) in "
          + "unordered flow '\(flow.flow.name)'",
        help: "make the flow a graph or linear", rule: "unordered-dependency")
    case .graph:
      return Reason(
        message: "\(label) provides it in another scope of graph flow '\(flow.flow.name)'",
        help: "put \(outline.label(of: atom)) after it")
    }
  }

  private mutating func suggestion(for argument: Binder.Argument) -> String {
    let symbol = argument.requirement.symbol
    let otherwise = "declare '\(symbol)' as an input, or let a task before it provide it"
    // Each search looks at all names; a flow with thousands of missing symbols needs no more of them.
    guard suggestionsLeft > 0 else { return otherwise }
    suggestionsLeft -= 1
    let names = (inputs + work.symbols.names).uniqued { $0 }
    guard let near = Suggestion.nearest(to: symbol, among: names) else { return otherwise }
    guard let number = work.symbols.number(of: near) else {
      return "did you mean the input '\(near)'?"
    }
    let provider = work.symbols.providers[work.symbols.range(of: number).lowerBound].node
    return "did you mean '\(near)', provided by \(work.outline.label(of: provider))?"
  }

  /// A provider beside the atom in an unordered flow, when the value is read from outside that flow.
  func unorderedSibling(of argument: Binder.Argument, beyond source: NodeIndex?) -> NodeIndex? {
    guard let number = work.symbols.number(of: argument.requirement.symbol) else { return nil }
    let outline = work.outline
    let providers = work.symbols.providers[work.symbols.range(of: number)]
    let position = work.hierarchy.position
    let own = position[Int(argument.atom)]
    let before = providers.partitionedIndex { position[Int($0.node)] < own }
    for index in [before - 1, before, before + 1] where providers.indices.contains(index) {
      let node = providers[index].node
      guard node != argument.atom, node != source else { continue }
      let level = work.ancestry.nearest(from: outline.flowOfNode[Int(argument.atom)]) { flow in
        outline.levels[Int(flow)].start <= node && node <= outline.levels[Int(flow)].end
      }
      guard let level else { continue }
      let flow = outline.levels[Int(level)]
      let isOutside = source.map { $0 < flow.start || flow.end < $0 } ?? true
      if flow.flow.pattern == .unordered, flow.retry != node, isOutside { return node }
    }
    return nil
  }
}
