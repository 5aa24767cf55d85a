import FlowDiagnostics

/// Finds what is wrong with the bound arguments: what is missing, hidden, ambiguous or of another type.
struct ArgumentChecks {
  private(set) var findings: [Finding] = []
  private(set) var problems: [PlanProblem] = []

  private let work: Work
  private let binder: Binder
  private let inputs: [String: FlowInput]
  private var conflicts: ConflictSearch
  private var missing: MissingExplanation
  private let hasUnorderedFlow: Bool

  /// - Parameter store: the symbols that the flow is given besides its declared inputs.
  init(
    work: Work, binder: Binder, inputs: [FlowInput], store: Set<String>, secrets: Set<String>,
    complete: Outline,
    conflicts: ConflictSearch
  ) {
    self.work = work
    self.binder = binder
    self.inputs = Dictionary(
      inputs.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
    self.conflicts = conflicts
    missing = MissingExplanation(
      work: work, inputs: inputs.map(\.symbol) + store.sorted(), secrets: secrets,
      complete: complete)
    hasUnorderedFlow = work.outline.levels.contains { $0.flow.pattern == .unordered }
  }

  mutating func run() {
    var reported: Set<SymbolReading> = []
    for index in binder.arguments.indices {
      // A look at what few arguments have costs no copy of the others.
      if isPlain(index) { continue }
      // What `execute` takes too is reported for it.
      if binder.arguments[index].isRepeated { continue }
      let argument = binder.argument(at: index)
      switch argument.binding {
      case .absent where !argument.requirement.isOptional:
        let key = SymbolReading(atom: argument.atom, symbol: argument.requirement.symbol)
        if reported.insert(key).inserted { reportMissing(argument) }
      case .absent, .injected:
        break
      case .input:
        checkType(
          argument, providedAs: inputs[argument.requirement.symbol]?.type.map(SymbolType.init))
        reportUnorderedSibling(argument, boundAt: nil)
      case .atoms:
        checkProviders(argument)
      }
    }
    for (argument, provider) in binder.hidden {
      reportHidden(binder.argument(at: argument), provider)
    }
    reportHiddenFromAll(
      besides: Set(binder.hidden.compactMap { binder.arguments[$0.argument].symbol }))
  }

  /// Whether an argument is read from the one atom that provides its symbol, without types on both sides.
  private func isPlain(_ index: Int) -> Bool {
    guard !hasUnorderedFlow, case .atoms = binder.table.bindings[index],
      let symbol = binder.arguments[index].symbol, work.symbols.range(of: symbol).count == 1
    else { return false }
    return work.outline.requirement(of: binder.arguments[index]).type == nil
  }

  private mutating func reportMissing(_ argument: Binder.Argument) {
    // What is ambiguous or part of a cycle is reported as that.
    let symbol = argument.requirement.symbol
    let reading = SymbolReading(atom: argument.atom, symbol: symbol)
    if work.links.ambiguous.contains(reading) || missing.isPartOfCycle(argument) { return }
    problems.append(.missing(atom: argument.atom, symbol: symbol))
    findings.append(missing.finding(for: argument))
  }

  // MARK: Bound to an input

  private mutating func reportHidden(_ argument: Binder.Argument, _ provider: NodeIndex) {
    let outline = work.outline
    let name = argument.requirement.symbol
    let provided = outline.provision(of: provider).span(of: name) ?? outline.span(of: provider)
    findings.append(
      Finding(
        rule: "shadowed-symbol", severity: .warning,
        message:
          "input '\(name)' hides what \(outline.label(of: provider)) provides under that name",
        span: inputs[name]?.span ?? provided,
        related: (inputs[name] == nil
          ? [] : [Finding.Related(span: provided, message: "provided here, and read by nobody")])
          + [
            Finding.Related(
              span: argument.requirement.span,
              message: "\(outline.label(of: argument.atom)) reads the input")
          ],
        help: "rename the input, or what the task provides"))
  }

  /// Reports what no reader could ever see, as an input has its name, though there is none after it.
  private mutating func reportHiddenFromAll(besides reported: Set<Int32>) {
    let outline = work.outline
    for input in inputs.values {
      guard let symbol = work.symbols.number(of: input.symbol), !reported.contains(symbol),
        let provider = work.symbols.providers[work.symbols.range(of: symbol)].first?.node,
        // A task's own revert sees what the task provided.
        !outline.hasRevert(provider)
      else { continue }
      findings.append(
        Finding(
          rule: "shadowed-symbol", severity: .warning,
          message: "input '\(input.symbol)' hides what \(outline.label(of: provider)) provides "
            + "under that name",
          span: input.span,
          related: [
            Finding.Related(
              span: outline.provision(of: provider).span(of: input.symbol)
                ?? outline.span(of: provider),
              message: "provided here, and whoever requires it reads the input")
          ],
          help: "rename the input, or what the task provides"))
    }
  }

  // MARK: Bound to atoms

  private mutating func checkProviders(_ argument: Binder.Argument) {
    guard let provider = binder.table.likeliest(of: argument.binding) else { return }
    let item = work.outline.provision(of: provider.node).items[Int(provider.element)]
    if isOfOtherType(argument) {
      checkType(argument, providedAs: item.type, at: item.span)
    }
    let symbol = argument.requirement.symbol
    if let number = work.symbols.number(of: symbol) {
      let reading = ConflictSearch.Reading(
        provider: provider.node, symbol: number, reader: argument.atom)
      if let other = conflicts.partner(of: reading) {
        reportConflict(argument, provider.node, other)
      }
    }
    reportUnorderedSibling(argument, boundAt: provider.node)
  }

  private mutating func reportConflict(
    _ argument: Binder.Argument, _ provider: NodeIndex, _ other: NodeIndex
  ) {
    let outline = work.outline
    let symbol = argument.requirement.symbol
    problems.append(
      .conflict(atom: argument.atom, symbol: symbol, providers: [other, provider]))
    findings.append(
      Finding(
        rule: "conflicting-provides", severity: .warning,
        message: "\(outline.label(of: argument.atom)) reads '\(symbol)', which "
          + "\(outline.label(of: other)) and \(outline.label(of: provider)) both provide, "
          + "with no order between them",
        span: argument.requirement.span,
        related: [other, provider].map { node in
          Finding.Related(
            span: outline.provision(of: node).span(of: symbol) ?? outline.span(of: node),
            message: "\(outline.label(of: node)) provides it here, and "
              + (node == provider ? "is read" : "is not read"))
        },
        help: "give each a symbol of its own, or put one after the other"))
  }

  /// A sibling in an unordered flow provides what the atom reads from further out.
  private mutating func reportUnorderedSibling(
    _ argument: Binder.Argument, boundAt provider: NodeIndex?
  ) {
    guard hasUnorderedFlow,
      let sibling = missing.unorderedSibling(of: argument, beyond: provider)
    else { return }
    let outline = work.outline
    let symbol = argument.requirement.symbol
    func provided(_ node: NodeIndex) -> SourceSpan {
      outline.provision(of: node).span(of: symbol) ?? outline.span(of: node)
    }
    let source =
      provider.map { (span: provided($0), name: outline.label(of: $0)) }
      ?? inputs[symbol].map { (span: $0.span, name: "the input") }
    findings.append(
      Finding(
        rule: "unordered-dependency", severity: .warning,
        message: "\(outline.label(of: argument.atom)) does not read '\(symbol)' from "
          + "\(outline.label(of: sibling)): they have no order in an unordered flow",
        span: argument.requirement.span,
        related: [
          Finding.Related(
            span: provided(sibling), message: "\(outline.label(of: sibling)) provides it here")
        ]
          + (source.map {
            [Finding.Related(span: $0.span, message: "it is read from \($0.name)")]
          } ?? []),
        help: "give one of them another symbol, or make the flow a graph"))
  }

  // MARK: Types

  /// More providers of one argument than these are not compared with it.
  private static let mostCandidates = 8

  /// Whether all that can give an argument its value provide it as another type.
  private func isOfOtherType(_ argument: Binder.Argument) -> Bool {
    guard let expected = argument.requirement.type,
      let candidates = binder.table.candidates(of: argument.binding, atMost: Self.mostCandidates)
    else { return false }
    return candidates.allSatisfy { candidate in
      let item = work.outline.provision(of: candidate.node).items[Int(candidate.element)]
      return item.type.map { !expected.accepts($0) } ?? false
    }
  }

  private mutating func checkType(
    _ argument: Binder.Argument, providedAs provided: SymbolType?, at span: SourceSpan? = nil
  ) {
    let requirement = argument.requirement
    guard let expected = requirement.type, let provided, !expected.accepts(provided) else { return }
    let origin = span ?? inputs[requirement.symbol]?.span
    findings.append(
      Finding(
        rule: "type-mismatch",
        message: "\(work.outline.label(of: argument.atom)) reads '\(requirement.symbol)' as "
          + "\(expected.name), but it is provided as \(provided.name)",
        span: requirement.span,
        related: origin.map { [Finding.Related(span: $0, message: "provided as \(provided.name)")] }
          ?? [],
        help: "give both the same type"))
  }
}

extension Outline {
  /// Whether the atom is a task that can be undone.
  fileprivate func hasRevert(_ node: NodeIndex) -> Bool {
    if case .task(let index) = kinds[Int(node)] { tasks[Int(index)].hasRevert } else { false }
  }
}
