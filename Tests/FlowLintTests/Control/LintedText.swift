import FlowDiagnostics
import TaskFlow

@testable import FlowLint

/// What the linter finds in a text.
struct LintedText {
  let report: Linter.Report

  /// Rules that what is tested here stays the same with, whichever others there are.
  static let rules = LintRule.all.filter { rule in
    ["TFG101", "TFG207", "TFG401", "TFG9"].contains { rule.id.hasPrefix($0) }
  }

  init(_ text: String, _ configuration: LintConfiguration = LintConfiguration()) {
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "f.flow.yaml")
    report = Linter(rules: Self.rules, configuration: configuration).lint(reading)
  }

  /// Findings as `LINE ID`.
  var found: [String] { report.findings.map(Self.line) }

  /// What is allowed as `LINE ID: REASON`.
  var allowed: [String] {
    report.suppressed.map { Self.line($0.finding) + ": " + ($0.reason ?? "") }
  }

  static func line(_ finding: Finding) -> String {
    "\(finding.span.line) \(RuleCatalog.lint[finding.rule]?.id ?? finding.rule)"
  }
}
