import FlowDiagnostics

/// What the children of graph flows need from each other (semantics 2.4).
struct DataNeeds {
  /// One symbol that a child of a graph flow reads from another, by their ordinals.
  struct Need {
    var level: Int32
    var source: Int32
    var target: Int32
    var symbol: Int32

    /// Level and source, and target and symbol, as numbers of their order.
    fileprivate var place: Int64 { Int64(level) << 32 | Int64(source) }
    fileprivate var content: Int64 { Int64(target) << 32 | Int64(symbol) }
  }

  private(set) var findings: [Finding] = []
  private(set) var problems: [PlanProblem] = []
  private(set) var ambiguous: Set<SymbolReading> = []

  private let outline: Outline
  private let symbols: SymbolIndex
  private let ancestry: Ancestry
  private var needs: [Need] = []

  /// What the climb out of a flow led to, for the next reader in it.
  private var outcomes: [Passage: Outcome] = [:]

  private struct Passage: Hashable {
    var level: Int32
    var symbol: Int32
  }

  /// What the need of a symbol leads to.
  private enum Outcome {
    /// Nothing: it is met without a link, or never.
    case nothing
    /// A link to the child that meets it.
    case link(Need)
    /// Two or more children of a graph flow could meet it: a provider of each.
    case ambiguous(level: Int32, providers: [NodeIndex])
  }

  init(of outline: Outline, symbols: SymbolIndex, ancestry: Ancestry) {
    self.outline = outline
    self.symbols = symbols
    self.ancestry = ancestry
  }

  /// All needs, flow by flow, those between the same children together.
  var sorted: [Need] {
    needs.sorted {
      $0.place == $1.place ? $0.content < $1.content : $0.place < $1.place
    }
  }

  /// - Parameter arguments: what all atoms read.
  mutating func collect(_ arguments: ArgumentList) {
    guard outline.levels.contains(where: { $0.flow.pattern == .graph }) else { return }
    needs.reserveCapacity(arguments.all.count)
    for argument in arguments.all where !argument.isOptional && !argument.isRepeated {
      guard let symbol = argument.symbol else { continue }
      switch outcome(for: symbol, of: argument.atom) {
      case .nothing: break
      case .link(let need): needs.append(need)
      case .ambiguous(let level, let providers):
        reportAmbiguity(of: argument, providers: providers, in: level)
      }
    }
  }

  /// Climbs from a node to the flow that meets its need of a symbol.
  private mutating func outcome(for symbol: Int32, of node: NodeIndex) -> Outcome {
    var child = node
    if case .retry = outline.kinds[Int(node)] {
      child = outline.levels[Int(outline.flowOfNode[Int(node)])].start
    }
    var passed: [Passage] = []
    var result: Outcome?
    while result == nil, let around = outline.container(of: child) {
      let (before, after) = others(symbol, around: child)
      let nearest = ancestry.nearest(from: around) { flow in
        before.last.map { outline.contains(flow, symbols.providers[$0].node) } ?? false
          || after.first.map { outline.contains(flow, symbols.providers[$0].node) } ?? false
      }
      guard let nearest else { break }
      child = outline.child(of: nearest, containing: child)
      result = meeting(of: symbol, for: child, at: nearest, before: before, after: after)
      guard result == nil else { break }
      let passage = Passage(level: nearest, symbol: symbol)
      result = outcomes[passage]
      passed.append(passage)
      child = outline.levels[Int(nearest)].start
    }
    for passage in passed { outcomes[passage] = result ?? .nothing }
    return result ?? .nothing
  }

  /// The providers that are declared before and after a child.
  private func others(_ symbol: Int32, around child: NodeIndex) -> (Range<Int>, Range<Int>) {
    let range = symbols.range(of: symbol)
    let end = outline.sink(of: child)
    let providers = symbols.providers[range]
    return (
      range.lowerBound..<providers.partitionedIndex { $0.node < child },
      providers.partitionedIndex { $0.node <= end }..<range.upperBound
    )
  }

  /// What a flow does for the need of one of its children; `nil` if it stays open for the flow around.
  private func meeting(
    of symbol: Int32, for child: NodeIndex, at level: Int32, before: Range<Int>, after: Range<Int>
  ) -> Outcome? {
    let (start, end) = (outline.levels[Int(level)].start, outline.levels[Int(level)].end)
    let first = symbols.providers[before].partitionedIndex { $0.node < start }
    let before = first..<before.upperBound
    let last = symbols.providers[after].partitionedIndex { $0.node <= end }
    let after = after.lowerBound..<last
    if let provider = before.first,
      outline.levels[Int(level)].retry == symbols.providers[provider].node
    {
      return .nothing
    }
    switch outline.levels[Int(level)].flow.pattern {
    case .linear: return before.isEmpty ? nil : .nothing
    case .unordered: return nil
    case .graph: break
    }
    // Mostly there is one provider at all.
    if before.count + after.count == 1, let only = before.first ?? after.first {
      return .link(need(of: symbol, for: child, from: symbols.providers[only].node, at: level))
    }
    // The providers of one child lie side by side, so the children are told by the first and last.
    let ends = [before.first, before.last, after.first, after.last].compactMap { $0 }
    let providers = ends.map { symbols.providers[$0].node }
      .uniqued { outline.child(of: level, containing: $0) }
    guard let provider = providers.first else { return nil }
    if providers.count > 1 { return .ambiguous(level: level, providers: providers) }
    return .link(need(of: symbol, for: child, from: provider, at: level))
  }

  private func need(
    of symbol: Int32, for child: NodeIndex, from provider: NodeIndex, at level: Int32
  ) -> Need {
    let source = outline.child(of: level, containing: provider)
    return Need(
      level: level, source: Int32(outline.ordinal(of: source)),
      target: Int32(outline.ordinal(of: child)), symbol: symbol)
  }

  private mutating func reportAmbiguity(
    of argument: ArgumentList.Argument, providers: [NodeIndex], in level: Int32
  ) {
    let node = argument.atom
    let requirement = outline.requirement(of: argument)
    let symbol = requirement.symbol
    guard ambiguous.insert(SymbolReading(atom: node, symbol: symbol)).inserted else { return }
    problems.append(.conflict(atom: node, symbol: symbol, providers: providers))
    findings.append(
      Finding(
        rule: "conflicting-provides",
        message: "\(outline.label(of: node)) requires '\(symbol)', which more than one child of "
          + "graph flow '\(outline.levels[Int(level)].flow.name)' provides",
        span: requirement.span,
        related: providers.map { provider in
          Finding.Related(
            span: outline.provision(of: provider).span(of: symbol) ?? outline.span(of: provider),
            message: "provided by \(outline.label(of: provider))")
        },
        help: "give each a symbol of its own, and require the one that is meant"))
  }
}

extension FlowTask {
  /// What the task needs from others, for any of its methods: all that is not injected.
  var openRequirements: [Requirement] {
    guard hasTraits else { return requirements }
    var all = requirements
    if let own = ownRevertRequirements { all += own }
    if let condition { all += condition.requirements }
    let injections = injections
    guard !injections.isEmpty else { return all }
    return all.filter { requirement in !injections.contains { $0.symbol == requirement.symbol } }
  }
}
