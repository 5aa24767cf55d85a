import FlowDiagnostics
import TaskFlow

/// One look of rules at a flow, with what is allowed kept apart.
struct LintRound {
  private let allowances: Allowances
  private let limit: Int
  private(set) var findings: [Finding] = []
  private(set) var suppressed: [SuppressedFinding] = []
  private var uses: Set<Allowances.Use> = []
  private var asked: [LintRule] = []

  /// The rules that the reader and the compiler have found something of.
  private(set) var builtNames: Set<String> = []

  init(allowances: Allowances, limit: Int) {
    self.allowances = allowances
    self.limit = limit
  }

  /// Takes what the reader and the compiler have found and a flow can be run with.
  mutating func take(_ built: [Finding]) {
    builtNames.formUnion(built.map(\.rule))
    for finding in built {
      if let use = allowances.use(for: finding) {
        suppress(finding, by: use)
      } else {
        findings.append(finding)
      }
    }
  }

  /// Has rules look at the file or the plan, if there is one; at a large one side by side.
  mutating func ask(_ rules: [LintRule], _ document: LintedDocument?, _ plan: LintedPlan?) {
    let (allowances, limit) = (allowances, limit)
    let reporters = SideBySide.map(rules, isWorthIt: (plan?.plan.nodes.count ?? 0) > 1_000) {
      rule in
      var reporter = LintReporter(
        rule.description, allowances: rule.canBeAllowed ? allowances : .none, limit: limit)
      switch rule.check {
      case .document(let check): if let document { check(document, &reporter) }
      case .documentOrPlan(let check, let other):
        if let document { check(document, &reporter) } else if let plan { other(plan, &reporter) }
      case .plan(let check): if let plan { check(plan, &reporter) }
      case .built, .suppressions: break
      }
      return reporter
    }
    asked += rules
    for reporter in reporters {
      findings += reporter.findings
      suppressed += reporter.suppressed
      uses.formUnion(reporter.uses)
    }
  }

  /// Looks at what is allowed, once all else is found.
  ///
  /// - Parameter plan: the plan; with errors in a flow there is none.
  mutating func judge(
    _ document: LintedDocument?, _ plan: LintedPlan?, _ configuration: LintConfiguration
  ) {
    let judged = asked.filter { $0.check.isAble(document, plan) }
    var check = SuppressionCheck(
      allowances: allowances, document: document, uses: uses, judged: Set(judged.map(\.name)),
      requiresReason: configuration.requireReason == true)
    let found = check.findings()
    let asksForReasons = configuration.requireReason != false
    findings += found.told.filter {
      asksForReasons || $0.rule != LintRule.suppressionWithoutReason.name
    }
    for (finding, use) in found.allowed { suppress(finding, by: use) }
  }

  private mutating func suppress(_ finding: Finding, by use: Allowances.Use) {
    uses.insert(use)
    suppressed.append(
      SuppressedFinding(finding, kind: .inSource, reason: allowances.reason(of: use)))
  }
}
