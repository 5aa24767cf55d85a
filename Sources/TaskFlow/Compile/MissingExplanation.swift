import FlowDiagnostics

/// Says why an atom gets no value for a symbol: who provides it and why that is not visible, or which
/// names are near.
struct MissingExplanation {
  private let work: Work
  private let complete: Outline
  private var suggestions = SuggestionBudget()
  private let inputs: [String]
  private let secrets: Set<String>
  private lazy var names = (inputs + work.symbols.names).uniqued { $0 }
  private var dropped: [String: NodeIndex]?
  private var renamed: [String: [Provision.Item]]?

  /// - Parameter complete: the flow with what its targets do not need.
  init(work: Work, inputs: [String], secrets: Set<String>, complete: Outline) {
    self.work = work
    self.complete = complete
    self.inputs = inputs
    self.secrets = secrets
  }

  /// Whether the value does not come only because the flow around both atoms has a cycle.
  func isPartOfCycle(_ argument: Binder.Argument) -> Bool {
    guard !work.hierarchy.cyclic.isEmpty,
      let number = work.symbols.number(of: argument.requirement.symbol)
    else { return false }
    return nearest(work.symbols.range(of: number), to: argument.atom, atMost: 1).contains {
      commonFlow(of: argument.atom, $0.node).map { work.hierarchy.cyclic.contains($0) } ?? false
    }
  }

  /// The finding for a required argument that nothing gives.
  mutating func finding(for argument: Binder.Argument) -> Finding {
    let outline = work.outline
    let symbol = argument.requirement.symbol
    let purpose =
      switch argument.method {
      case .execute: "requires '\(symbol)'"
      case .revert: "requires '\(symbol)' for its revert"
      case .condition: "requires '\(symbol)' for its condition"
      }
    let reader = outline.label(of: argument.atom)
    var finding = Finding(
      rule: "missing-requirement", message: "\(reader) \(purpose), which nothing provides",
      span: argument.requirement.span)
    guard let number = work.symbols.number(of: symbol) else {
      explainUnknown(argument, in: &finding)
      return finding
    }
    finding.message = "\(reader) \(purpose), which nothing before it provides"
    let all = work.symbols.range(of: number)
    let providers = nearest(all, to: argument.atom, atMost: 3)
    let reasons = providers.map { reason(why: $0.node, isInvisibleTo: argument.atom) }
    finding.related = zip(providers, reasons).map { provider, reason in
      Finding.Related(
        span: outline.provision(of: provider.node).span(of: symbol)
          ?? outline.span(of: provider.node),
        message: reason.message)
    }
    let more = all.count - providers.count
    if more > 0 { finding.notes.append("\(more) more provide it where it is not visible") }
    guard let first = reasons.first else { return finding }
    finding.help = first.help
    finding.rule = first.rule ?? finding.rule
    return finding
  }

  /// The providers that are nearest in the order of the hierarchy; those before come first, and the atom
  /// itself last.
  private func nearest(
    _ range: Range<Int>, to atom: NodeIndex, atMost count: Int
  ) -> [Provider] {
    let position = work.hierarchy.position
    let own = position[Int(atom)]
    let providers = work.symbols.providers[range]
    let before = providers[..<providers.partitionedIndex { position[Int($0.node)] < own }]
    let after = providers[providers.partitionedIndex { position[Int($0.node)] <= own }...]
    let itself = providers[before.endIndex..<after.startIndex]
    return Array((before.suffix(count).reversed() + after.prefix(count) + itself).prefix(count))
  }

  /// The lowest flow around two nodes.
  private func commonFlow(of atom: NodeIndex, _ other: NodeIndex) -> Int32? {
    work.ancestry.nearest(from: work.outline.flowOfNode[Int(atom)]) {
      work.outline.contains($0, other)
    }
  }

  // MARK: Somebody provides it

  /// Why a provider is not visible, and what to do about it.
  private struct Reason {
    var message: String
    var help: String
    var rule: String?
  }

  private func reason(why provider: NodeIndex, isInvisibleTo atom: NodeIndex) -> Reason {
    let outline = work.outline
    let label = outline.label(of: provider)
    let reader = outline.label(of: atom)
    if provider == atom {
      return Reason(
        message: "\(label) provides it itself, but has to have it before",
        help: "rename what it provides, or have something before it provide the first value",
        rule: "self-requirement")
    }
    guard let level = commonFlow(of: atom, provider) else {
      return Reason(message: "\(label) provides it", help: "put \(reader) after \(label)")
    }
    let flow = outline.levels[Int(level)].flow
    if outline.levels[Int(level)].retry == atom {
      return Reason(
        message: "\(label) provides it, but runs after \(reader)",
        help: "\(reader) starts before all of flow '\(flow.name)': provide it outside of that flow")
    }
    let source = outline.label(of: outline.child(of: level, containing: provider))
    let target = outline.label(of: outline.child(of: level, containing: atom))
    switch flow.pattern {
    case .linear:
      return Reason(
        message: "\(label) provides it, but comes later in linear flow '\(flow.name)'",
        help: "move \(source) before \(target)")
    case .unordered:
      return Reason(
        message: "\(label) provides it, but has no order to \(reader) in unordered flow "
          + "'\(flow.name)'",
        help: "make flow '\(flow.name)' a graph, or linear with \(source) before \(target)",
        rule: "unordered-dependency")
    case .graph:
      return Reason(
        message: "\(label) provides it, but \(target) does not come after \(source) in graph flow "
          + "'\(flow.name)'",
        help: "put \(target) after \(source)")
    }
  }

  // MARK: Nobody provides it

  private mutating func explainUnknown(_ argument: Binder.Argument, in finding: inout Finding) {
    let symbol = argument.requirement.symbol
    if let provider = droppedProvider(of: symbol) {
      finding.related = [
        Finding.Related(
          span: complete.provision(of: provider).span(of: symbol) ?? complete.span(of: provider),
          message: "\(complete.label(of: provider)) provides it, but is left out: "
            + "no target needs it")
      ]
      finding.help = "drop the target, or put \(complete.label(of: provider)) before it"
      return
    }
    if secrets.contains(symbol) {
      finding.help = FlowSecret.help(requiring: symbol)
      return
    }
    finding.help = "declare '\(symbol)' as an input, or have something before it provide it"
    if let renamed = providersUnderOtherNames(of: symbol) {
      finding.related = [renamed.related]
      finding.help = "require \(renamed.names)"
      return
    }
    guard let near = suggestions.nearest(to: symbol, among: names) else { return }
    let fix = rename(argument.requirement, to: near)
    guard let number = work.symbols.number(of: near) else {
      finding.help = "did you mean the input '\(near)'?"
      finding.fix = fix
      return
    }
    let providers = work.symbols.providers[work.symbols.range(of: number)]
    let other = providers.first { $0.node != argument.atom }
    if let other {
      finding.help = "did you mean '\(near)', provided by \(work.outline.label(of: other.node))?"
      finding.fix = fix
    }
  }

  /// The change that requires another symbol. A place in Swift code is where its declaration begins, so
  /// nothing there can be changed; what a file says is looked at by ``FlowDocument/Reading/compile()``.
  private func rename(_ requirement: Requirement, to near: String) -> Fix? {
    guard requirement.span.length >= requirement.symbol.unicodeScalars.count else { return nil }
    return Fix(
      "require '\(near)'", isSafe: false, edits: [Fix.Edit(requirement.span, replacement: near)])
  }

  /// The symbols that the combinations of a matrix provide for one that its task provides.
  private mutating func providersUnderOtherNames(
    of symbol: String
  ) -> (names: String, related: Finding.Related)? {
    let outline = work.outline
    if renamed == nil {
      renamed = [:]
      for node in outline.kinds.indices.map({ NodeIndex($0) }) {
        for item in outline.provision(of: node).items where item.key != item.symbol {
          renamed?[item.key, default: []].append(item)
        }
      }
    }
    guard let items = renamed?[symbol], let first = items.first else { return nil }
    let names = items.prefix(3).map { "'\($0.symbol)'" }.joined(separator: ", ")
    let more = items.count > 3 ? " and \(items.count - 3) more" : ""
    return (
      items.count > 1 ? "those that are meant: \(names)\(more)" : names,
      Finding.Related(
        span: first.span, message: "each combination of the matrix provides one of its own")
    )
  }

  /// A provider that a targeted graph does not keep.
  private mutating func droppedProvider(of symbol: String) -> NodeIndex? {
    guard complete.kinds.count != work.outline.kinds.count else { return nil }
    if dropped == nil {
      dropped = [:]
      for node in complete.kinds.indices.map({ NodeIndex($0) }) {
        for item in complete.provision(of: node).items where dropped?[item.symbol] == nil {
          dropped?[item.symbol] = node
        }
      }
    }
    return dropped?[symbol]
  }

  // MARK: Somebody beside it provides it

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
      guard let level = commonFlow(of: argument.atom, node) else { continue }
      let flow = outline.levels[Int(level)]
      let isOutside = source.map { $0 < flow.start || flow.end < $0 } ?? true
      if flow.flow.pattern == .unordered, flow.retry != node, isOutside { return node }
    }
    return nil
  }
}
