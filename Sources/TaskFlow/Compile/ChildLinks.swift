import FlowDiagnostics
import FlowGraph

/// The order between the children of each flow: by sequence, by data and by hand (semantics 2.4).
struct ChildLinks {
  /// One edge between two children of a flow, by their ordinals.
  struct Link {
    var source: Int32
    var target: Int32
    var reason: PlanEdge.Reason
    /// The numbers of the symbols that it carries, ascending.
    var symbols: [Int32] = []
    var decider: LinkDecider?
    var span: SourceSpan?
  }

  /// The links of each flow, by level.
  private(set) var links: [[Link]]
  private(set) var findings: [Finding] = []
  private(set) var problems: [PlanProblem] = []

  private let outline: Outline
  private let symbols: SymbolIndex
  private let ancestry: Ancestry

  init(of outline: Outline, symbols: SymbolIndex, ancestry: Ancestry) {
    self.outline = outline
    self.symbols = symbols
    self.ancestry = ancestry
    links = Array(repeating: [], count: outline.levels.count)
    addSequences()
    addDataLinks()
    addLinksByHand()
  }

  private mutating func addSequences() {
    for (index, level) in outline.levels.enumerated() where level.flow.pattern == .linear {
      links[index] = level.children.indices.dropFirst().map { ordinal in
        Link(source: Int32(ordinal - 1), target: Int32(ordinal), reason: .sequence)
      }
    }
  }

  // MARK: Data

  /// One symbol that a child of a graph flow reads from another.
  private struct Need: Hashable {
    var level: Int32
    var source: Int32
    var target: Int32
    var symbol: Int32
  }

  private mutating func addDataLinks() {
    guard outline.levels.contains(where: { $0.flow.pattern == .graph }) else { return }
    var needs: [Need] = []
    for index in outline.kinds.indices {
      let node = NodeIndex(index)
      let required: [Requirement]
      switch outline.kinds[index] {
      case .task(let task):
        required = outline.tasks[Int(task)].openRequirements
      case .retry(let retry):
        required = outline.controllers[Int(retry)].requirements
      case .flowStart, .flowEnd:
        continue
      }
      for requirement in required where !requirement.isOptional {
        guard let symbol = symbols.number(of: requirement.symbol) else { continue }
        if let need = need(of: node, for: symbol, requirement) { needs.append(need) }
      }
    }
    needs.sort {
      ($0.level, $0.source, $0.target, $0.symbol) < ($1.level, $1.source, $1.target, $1.symbol)
    }
    for need in needs {
      let level = Int(need.level)
      if let last = links[level].last, last.source == need.source, last.target == need.target {
        if last.symbols.last != need.symbol {
          links[level][links[level].count - 1].symbols.append(need.symbol)
        }
      } else {
        links[level].append(
          Link(source: need.source, target: need.target, reason: .data, symbols: [need.symbol]))
      }
    }
  }

  /// Climbs from a node to the level at which its need of a symbol is met, and gives the link that this
  /// makes in a graph flow; `nil` where it makes none.
  private mutating func need(
    of node: NodeIndex, for symbol: Int32, _ requirement: Requirement
  ) -> Need? {
    let range = symbols.range(of: symbol)
    var child = node
    var start: Int32? = outline.flowOfNode[Int(node)]
    if case .retry = outline.kinds[Int(node)] {
      child = outline.levels[Int(outline.flowOfNode[Int(node)])].start
      start = outline.container(of: child)
    }
    while let level = start {
      let end = outline.sink(of: child)
      let before =
        range.lowerBound..<(symbols.providers[range].partitionedIndex { $0.node < child })
      let after = (symbols.providers[range].partitionedIndex { $0.node <= end })..<range.upperBound
      let nearest = ancestry.nearest(from: level) { flow in
        let nodes = outline.levels[Int(flow)].start...outline.levels[Int(flow)].end
        return before.last.map { nodes.contains(symbols.providers[$0].node) } ?? false
          || after.first.map { nodes.contains(symbols.providers[$0].node) } ?? false
      }
      guard let nearest else { return nil }
      if nearest != level { child = outline.child(of: nearest, containing: child) }
      switch meeting(child, at: nearest, before: before, after: after) {
      case .met:
        return nil
      case .linked(let provider):
        return Need(
          level: nearest, source: Int32(outline.ordinal(of: provider, in: nearest)),
          target: Int32(outline.ordinal(of: child, in: nearest)), symbol: symbol)
      case .ambiguous(let providers):
        reportAmbiguity(of: requirement, at: node, providers: providers, in: nearest)
        return nil
      case .open:
        child = outline.levels[Int(nearest)].start
        start = outline.levels[Int(nearest)].parent
      }
    }
    return nil
  }

  /// What a level does for a need of one of its children.
  private enum Meeting {
    /// It is met without a link.
    case met
    /// Another child meets it.
    case linked(NodeIndex)
    /// Two or more children could meet it: a provider of each.
    case ambiguous([NodeIndex])
    /// It stays open for the flow around.
    case open
  }

  private func meeting(
    _ child: NodeIndex, at level: Int32, before: Range<Int>, after: Range<Int>
  ) -> Meeting {
    let flow = outline.levels[Int(level)]
    let first = symbols.providers[before].partitionedIndex { $0.node < flow.start }
    let before = first..<before.upperBound
    let last = symbols.providers[after].partitionedIndex { $0.node <= flow.end }
    let after = after.lowerBound..<last
    if let provider = before.first, flow.retry == symbols.providers[provider].node { return .met }
    switch flow.flow.pattern {
    case .linear: return before.isEmpty ? .open : .met
    case .unordered: return .open
    case .graph: break
    }
    // The providers of one child lie side by side, so the children are told by the first and last.
    let ends = [before.first, before.last, after.first, after.last].compactMap { $0 }
    let providers = ends.map { symbols.providers[$0].node }
    let children = Set(providers.map { outline.child(of: level, containing: $0) })
    switch children.count {
    case 0: return .open
    case 1: return .linked(children.first ?? child)
    default: return .ambiguous(providers.uniqued { outline.child(of: level, containing: $0) })
    }
  }

  private mutating func reportAmbiguity(
    of requirement: Requirement, at node: NodeIndex, providers: [NodeIndex], in level: Int32
  ) {
    problems.append(
      .conflict(atom: node, symbol: requirement.symbol, providers: providers))
    findings.append(
      Finding(
        rule: "conflicting-provides",
        message: "\(outline.label(of: node)) requires '\(requirement.symbol)', which "
          + "more than one child of graph flow '\(outline.levels[Int(level)].flow.name)' "
          + "provides",
        span: requirement.span,
        related: providers.prefix(5).map { provider in
          Finding.Related(
            span: outline.provision(of: provider).span(of: requirement.symbol)
              ?? outline.span(of: provider),
            message: "provided by \(outline.label(of: provider))")
        },
        help: "give each its own symbol, or read the one that is meant by its new name"))
  }

  // MARK: By hand

  private mutating func addLinksByHand() {
    for (index, level) in outline.levels.enumerated() where !level.flow.links.isEmpty {
      addLinksByHand(of: level, at: index)
    }
  }

  private mutating func addLinksByHand(of level: Outline.Level, at index: Int) {
    var ordinals: [String: Int32] = [:]
    for (ordinal, child) in level.children.enumerated() {
      ordinals[outline.name(of: child)] = Int32(ordinal)
    }
    var known: [UInt64: Int] = [:]
    for (position, link) in links[index].enumerated() {
      known[Self.key(link.source, link.target)] = position
    }
    for link in level.flow.links {
      guard let source = ordinals[link.source], let target = ordinals[link.target] else {
        let unknown = ordinals[link.source] == nil ? link.source : link.target
        findings.append(unknownLink(unknown, link, level: level, names: Array(ordinals.keys)))
        continue
      }
      if level.flow.pattern == .unordered {
        findings.append(unorderedLink(link, level: level))
        continue
      }
      let key = Self.key(source, target)
      if let position = known[key] {
        if let decider = link.decider { links[index][position].decider = decider }
        if links[index][position].span == nil { links[index][position].span = link.span }
      } else {
        known[key] = links[index].count
        links[index].append(
          Link(
            source: source, target: target, reason: .link, decider: link.decider, span: link.span))
      }
    }
  }

  private static func key(_ source: Int32, _ target: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: source)) << 32 | UInt64(UInt32(bitPattern: target))
  }

  private func unknownLink(
    _ name: String, _ link: Flow.Link, level: Outline.Level, names: [String]
  ) -> Finding {
    let elsewhere = outline.kinds.indices.first { outline.name(of: NodeIndex($0)) == name }
    let near = Suggestion.nearest(to: name, among: names.sorted())
    return Finding(
      rule: "unknown-link",
      message: "flow '\(level.flow.name)' has no child '\(name)' to put '\(link.target)' after",
      span: link.span,
      related: elsewhere.map { node in
        [
          Finding.Related(
            span: outline.span(of: NodeIndex(node)), message: "'\(name)' is in another flow")
        ]
      } ?? [],
      help: near.map { "did you mean '\($0)'?" }
        ?? "name a child of the same flow")
  }

  private func unorderedLink(_ link: Flow.Link, level: Outline.Level) -> Finding {
    Finding(
      rule: "unordered-dependency",
      message: "'\(link.target)' is put after '\(link.source)' in unordered flow "
        + "'\(level.flow.name)'",
      span: link.span,
      help: "make the flow a graph, or drop the order")
  }
}

extension FlowTask {
  /// What the task needs from others, for any of its methods: all that is not injected.
  var openRequirements: [Requirement] {
    let traits = traits
    var all = requirements
    if let own = traits.revert?.requirements { all += own }
    if let condition = traits.condition { all += condition.requirements }
    guard !traits.injections.isEmpty else { return all }
    return all.filter { requirement in
      !traits.injections.contains { $0.symbol == requirement.symbol }
    }
  }
}

extension Provision {
  /// Where a symbol is written, if it is provided.
  func span(of symbol: String) -> SourceSpan? {
    items.first { $0.symbol == symbol }?.span
  }
}

extension Array {
  /// The elements without those whose key an earlier one has.
  func uniqued<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}
