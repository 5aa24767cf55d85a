import FlowDiagnostics

/// Takes what one rule finds in one flow.
struct LintReporter {
  private let rule: RuleDescription
  private(set) var findings: [Finding] = []
  private var hasMore = false

  /// Nobody reads on; a flow of a million like mistakes is not worth gigabytes of findings.
  private static let mostFindings = 1_000

  init(_ rule: RuleDescription) {
    self.rule = rule
  }

  /// Reports a finding of the rule; of more than a thousand the last says that there are more.
  ///
  /// - Parameter severity: how bad it is; what the rule says, if not given.
  mutating func report(
    _ message: String, at span: SourceSpan, severity: Severity? = nil,
    related: [Finding.Related] = [], notes: [String] = [], help: String? = nil, fix: Fix? = nil
  ) {
    report(
      Finding(
        rule: rule.name, severity: severity ?? rule.severity, message: message, span: span,
        related: related,
        notes: notes, help: help, fix: fix))
  }

  private mutating func report(_ finding: Finding) {
    guard findings.count < Self.mostFindings else {
      if !hasMore {
        findings[findings.count - 1].notes.append("there are more of these in the file")
      }
      hasMore = true
      return
    }
    findings.append(finding)
  }
}
