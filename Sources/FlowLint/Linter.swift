public import FlowDiagnostics
public import TaskFlow

/// Finds what is wrong with a flow before it runs, and what very likely is.
///
/// ```swift
/// let report = Linter().lint(FlowDocument.read(path: "samples/deploy.flow.yaml"))
/// for finding in report.findings { … }
/// ```
///
/// Nothing that the flow names is run, opened or fetched, unless ``surroundings`` do that. The same flow gives
/// the same findings in the same order. Time and memory are near linear in the size of the flow.
///
/// What a comment `# tfgraph: allow[RULE] reason` or the modifier `.allowing(_:_:)` allows is not among the
/// findings, but for errors that keep the flow from being run.
public struct Linter: Sendable {
  /// The rules that are told; what the reader and the compiler find is always there.
  public var rules: [LintRule]

  /// What is around the flow.
  public var surroundings: LintSurroundings

  /// Which of the findings are told, and how bad they are.
  public var configuration: LintConfiguration

  /// How many findings of one rule are kept; `nil` for all, when somebody does more with them than read.
  package var findingLimit: Int? = LintReporter.mostFindings

  /// Whether a finding is told although another one of its task says the same and more.
  package var tellsCovered = false

  /// A linter with these rules; all of them, if none are given.
  public init(
    rules: [LintRule] = LintRule.all, surroundings: LintSurroundings = .none,
    configuration: LintConfiguration = LintConfiguration()
  ) {
    self.rules = rules
    self.surroundings = surroundings
    self.configuration = configuration
  }

  /// What was found.
  public struct Report: Sendable {
    /// The findings, in the order of their places.
    public var findings: [Finding]

    /// What was found and is allowed, in the order of the places.
    public var suppressed: [SuppressedFinding]

    /// What compiling the flow gave; `nil` when there was nothing to compile.
    public let compilation: Compilation?

    /// The names of the rules that have looked at all that they could find, and whose findings are told.
    public let judged: Set<String>
  }

  /// Lints a file that was read.
  ///
  /// A file that can't be read is a finding, and so is each mistake in it.
  public func lint(_ reading: FlowDocument.Reading) -> Report {
    let compilation = reading.compile()
    let document = reading.tree.map { tree in
      LintedDocument(tree: tree, text: reading.text, flow: reading.document?.flow)
    }
    return report(
      built: compilation?.findings ?? reading.findings, compilation,
      flow: reading.document?.flow, document)
  }

  /// Lints a flow that a program declares.
  public func lint(_ flow: Flow) -> Report {
    let compilation = Compiler().compile(flow)
    return report(built: compilation.findings, compilation, flow: flow, nil)
  }

  private func report(
    built: [Finding], _ compilation: Compilation?, flow: Flow?, _ document: LintedDocument?
  ) -> Report {
    let subject = flow.flatMap { flow in
      compilation?.plan.map {
        LintedPlan(flow: flow, plan: $0, document: document, surroundings: surroundings)
      }
    }
    var round = LintRound(
      allowances: Allowances(
        document: document, flow: flow, requiresReason: configuration.requireReason == true),
      limit: findingLimit ?? .max)
    let fatal = built.filter { $0.severity == .error }
    round.take(built.filter { $0.severity != .error })
    // What is allowed for nothing is known only when all rules have looked.
    let asksAll = rules.contains { $0.isAboutSuppressions }
    round.ask(asksAll ? LintRule.all : rules, document, subject)
    if asksAll {
      round.judge(document, subject, configuration)
    }
    let told = Set(rules.map(\.name)).union(round.builtNames)
    let kept = configuration.applied(to: round.findings.filter { told.contains($0.rule) })
    let suppressed = round.suppressed.filter {
      told.contains($0.finding.rule) && !configuration.applied(to: [$0.finding]).isEmpty
    }
    return Report(
      findings: (fatal + (tellsCovered ? kept : kept.withoutCovered)).presented.merged,
      suppressed: suppressed.sorted { $0.finding < $1.finding }, compilation: compilation,
      judged: judged(document, subject))
  }

  /// The rules that could look at a flow, and are neither deselected nor ignored.
  private func judged(_ document: LintedDocument?, _ plan: LintedPlan?) -> Set<String> {
    let able = rules.filter { rule in
      (rule.isAboutSuppressions ? plan != nil : rule.check.isAble(document, plan))
        && !configuration.applied(to: [
          Finding(
            rule: rule.name, severity: rule.description.severity, message: "",
            span: SourceSpan(file: document?.tree.file ?? "", line: 1, column: 1))
        ]).isEmpty
    }
    return Set(able.map(\.name))
  }
}

extension [Finding] {
  /// The findings without those that say less of a place than another rule that is told of it.
  fileprivate var withoutCovered: [Finding] {
    let covering = LintRule.coveringRules
    var places: [String: Set<SourceSpan>] = [:]
    let rules = Set(covering.values.joined())
    for finding in self where rules.contains(finding.rule) {
      places[finding.rule, default: []].insert(finding.span)
    }
    return filter { finding in
      !(covering[finding.rule] ?? []).contains { places[$0]?.contains(finding.span) == true }
    }
  }
}
