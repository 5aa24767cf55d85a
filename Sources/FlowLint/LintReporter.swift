import FlowDiagnostics

/// Takes what one rule finds in one flow.
struct LintReporter {
  private let rule: RuleDescription
  private(set) var findings: [Finding] = []
  private var hasMore = false

  /// What is not told.
  private(set) var suppressed: [SuppressedFinding] = []
  /// What allowed it.
  private(set) var uses: Set<Allowances.Use> = []
  private let allowances: Allowances
  private let limit: Int

  /// Nobody reads on; a flow of a million like mistakes is not worth gigabytes of findings.
  static let mostFindings = 1_000

  init(
    _ rule: RuleDescription, allowances: Allowances = .none, limit: Int = Self.mostFindings
  ) {
    self.rule = rule
    self.allowances = allowances
    self.limit = limit
  }

  /// Reports a finding of the rule; of more than a thousand the last says that there are more.
  ///
  /// What is allowed is not among them, so that it hides nothing that is not.
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
    if let use = allowances.use(for: finding) {
      uses.insert(use)
      if suppressed.count < limit {
        suppressed.append(
          SuppressedFinding(
            finding, kind: .inSource, reason: allowances.reason(of: use)))
      }
      return
    }
    guard findings.count < limit else {
      if !hasMore {
        findings[findings.count - 1].notes.append("there are more of these in the file")
      }
      hasMore = true
      return
    }
    findings.append(finding)
  }
}
