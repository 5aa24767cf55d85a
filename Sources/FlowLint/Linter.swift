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
public struct Linter: Sendable {
  /// The rules that look at the flow; what the reader and the compiler find is always there.
  public var rules: [LintRule]

  /// What is around the flow.
  public var surroundings: LintSurroundings

  /// A linter with these rules; all of them, if none are given.
  public init(rules: [LintRule] = LintRule.all, surroundings: LintSurroundings = .none) {
    self.rules = rules
    self.surroundings = surroundings
  }

  /// What was found.
  public struct Report: Sendable {
    /// The findings, in the order of their places.
    public var findings: [Finding]

    /// What compiling the flow gave; `nil` when there was nothing to compile.
    public let compilation: Compilation?
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
    var findings = built
    let subject = flow.flatMap { flow in
      compilation?.plan.map {
        LintedPlan(flow: flow, plan: $0, document: document, surroundings: surroundings)
      }
    }
    for rule in rules {
      var reporter = LintReporter(rule.description)
      switch rule.check {
      case .document(let check): if let document { check(document, &reporter) }
      case .plan(let check): if let subject { check(subject, &reporter) }
      case .built, .suppressions: break
      }
      findings += reporter.findings
    }
    return Report(findings: findings.presented, compilation: compilation)
  }
}
