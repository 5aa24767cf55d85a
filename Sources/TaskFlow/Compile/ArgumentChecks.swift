import FlowDiagnostics

/// Finds what is wrong with the bound arguments: what is missing, hidden, ambiguous or of another type.
struct ArgumentChecks {
  private(set) var findings: [Finding] = []
  private(set) var problems: [PlanProblem] = []

  private let work: Work
  private let binder: Binder
  private let inputs: [String: FlowInput]
  private let store: Set<String>
  private var conflicts: ConflictSearch
  private var missing: MissingExplanation

  init(work: Work, binder: Binder, inputs: [FlowInput], store: Set<String>) {
    self.work = work
    self.binder = binder
    self.store = store
    self.inputs = Dictionary(
      inputs.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
    conflicts = ConflictSearch(work: work, order: binder.order)
    missing = MissingExplanation(work: work, inputs: inputs.map(\.symbol) + store.sorted())
  }

  mutating func run() {
    var reported: Set<Reported> = []
    var hidden: Set<String> = []
    for argument in binder.arguments {
      // A revert takes what execute takes, so most arguments come twice; each is reported once.
      let isRepeated =
        argument.method == .revert
        && outlineTask(argument.atom)?.traits.revert?.requirements == nil
      if isRepeated { continue }
      switch argument.binding {
      case .absent where !argument.requirement.isOptional:
        let key = Reported(atom: argument.atom, symbol: argument.requirement.symbol)
        if reported.insert(key).inserted { reportMissing(argument) }
      case .absent, .injected:
        break
      case .input:
        checkType(
          argument, providedAs: inputs[argument.requirement.symbol]?.type.map(SymbolType.init))
        checkHidden(argument, &hidden)
        reportUnorderedSibling(argument, boundAt: nil)
      case .atoms:
        checkProviders(argument)
      }
    }
  }

  private struct Reported: Hashable {
    var atom: NodeIndex
    var symbol: String
  }

  private func outlineTask(_ node: NodeIndex) -> FlowTask? {
    if case .task(let index) = work.outline.kinds[Int(node)] {
      work.outline.tasks[Int(index)]
    } else {
      nil
    }
  }

  private mutating func reportMissing(_ argument: Binder.Argument) {
    problems.append(.missing(atom: argument.atom, symbol: argument.requirement.symbol))
    findings.append(missing.finding(for: argument))
  }

  // MARK: Bound to an input

  private mutating func checkHidden(_ argument: Binder.Argument, _ hidden: inout Set<String>) {
    let name = argument.requirement.symbol
    guard !hidden.contains(name), let symbol = work.symbols.number(of: name) else { return }
    var provider: NodeIndex?
    work.search.visitScopes(of: symbol, from: argument.atom) { _, slices in
      for slice in slices where slice.question.map({ binder.order.answer($0) == true }) ?? true {
        provider = work.symbols.providers[slice.providers.upperBound - 1].node
        return false
      }
      return true
    }
    guard let provider else { return }
    hidden.insert(name)
    let outline = work.outline
    findings.append(
      Finding(
        rule: "hidden-provider", severity: .warning,
        message: "input '\(name)' hides what \(outline.label(of: provider)) provides",
        span: inputs[name]?.span ?? outline.span(of: provider),
        related: [
          Finding.Related(
            span: outline.provision(of: provider).span(of: name) ?? outline.span(of: provider),
            message: "provided here, and never read"),
          Finding.Related(span: argument.requirement.span, message: "reads the input"),
        ],
        help: "rename one of them"))
  }

  // MARK: Bound to atoms

  private mutating func checkProviders(_ argument: Binder.Argument) {
    guard let provider = binder.table.likeliest(of: argument.binding) else { return }
    let item = work.outline.provision(of: provider.node).items[Int(provider.element)]
    checkType(argument, providedAs: item.type, at: item.span)
    let symbol = argument.requirement.symbol
    if let other = conflicts.partner(of: provider, symbol: symbol, readBy: argument.atom) {
      reportConflict(argument, provider.node, other)
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
          + "\(outline.label(of: other)) and \(outline.label(of: provider)) provide in no order",
        span: argument.requirement.span,
        related: [other, provider].map { node in
          Finding.Related(
            span: outline.provision(of: node).span(of: symbol) ?? outline.span(of: node),
            message: node == provider ? "this one is read" : "this one is not read")
        },
        help: "give each its own symbol"))
  }

  /// A sibling in an unordered flow provides what the atom reads from further out.
  private mutating func reportUnorderedSibling(
    _ argument: Binder.Argument, boundAt provider: NodeIndex?
  ) {
    guard let sibling = missing.unorderedSibling(of: argument, beyond: provider) else { return }
    let outline = work.outline
    let symbol = argument.requirement.symbol
    findings.append(
      Finding(
        rule: "unordered-dependency", severity: .warning,
        message: "\(outline.label(of: argument.atom)) does not read '\(symbol)' from "
          + "\(outline.label(of: sibling)): they have no order in an unordered flow",
        span: argument.requirement.span,
        related: [
          Finding.Related(
            span: outline.provision(of: sibling).span(of: symbol) ?? outline.span(of: sibling),
            message: "provided here"),
          Finding.Related(
            span: provider.map { outline.span(of: $0) } ?? inputs[symbol]?.span
              ?? argument.requirement.span,
            message: "read from here"),
        ],
        help: "rename one of them, or make the flow a graph"))
  }

  // MARK: Types

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
