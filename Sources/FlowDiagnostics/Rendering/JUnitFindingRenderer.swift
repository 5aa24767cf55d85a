/// Writes findings as the results of tests, for services that show those: a suite for each file, in it a test for
/// each rule that found something, and one that passes where nothing was found.
///
/// There is one standard for this format for each tool that reads it; what is written here is what they share.
public struct JUnitFindingRenderer: Sendable {
  /// The rules whose numbers are written.
  public var rules: RuleCatalog

  /// How severe a finding must be for its test to fail; with `nil` none does.
  public var failsAt: Severity?

  /// A renderer.
  public init(rules: RuleCatalog = .none, failsAt: Severity? = .error) {
    self.rules = rules
    self.failsAt = failsAt
  }

  /// The XML for a report, with a line end.
  public func text(for report: FindingReport) -> String {
    let suites = report.sections.map { suite($0, isUnreadable: report.unreadableFiles) }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"tfgraph lint\" \(counts(suites.flatMap(\.tests)))>\n"
    for suite in suites {
      text += "  <testsuite name=\"\(XMLAttribute.escaped(suite.file))\" "
      text += "\(counts(suite.tests)) skipped=\"0\">\n"
      for test in suite.tests { text += element(test, file: suite.file) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private struct Suite {
    let file: String
    let tests: [Test]
  }

  /// What one rule has to say about one file.
  private struct Test {
    let name: String
    let findings: [Finding]
    let outcome: Outcome
  }

  private enum Outcome { case passed, failed, unreadable }

  private func suite(
    _ section: FindingReport.Section, isUnreadable unreadable: Set<String>
  ) -> Suite {
    let byRule = Dictionary(grouping: section.findings) { rules.label(of: $0.rule) }
    let tests = byRule.sorted { $0.key < $1.key }.map { name, findings in
      let fails = failsAt.map { limit in findings.contains { $0.severity <= limit } } ?? false
      return Test(
        name: name, findings: findings,
        outcome: unreadable.contains(section.file) ? .unreadable : fails ? .failed : .passed)
    }
    let clean = Test(name: "no findings", findings: [], outcome: .passed)
    return Suite(file: section.file, tests: tests.isEmpty ? [clean] : tests)
  }

  private func counts(_ tests: [Test]) -> String {
    let failures = tests.count { $0.outcome == .failed }
    let errors = tests.count { $0.outcome == .unreadable }
    return "tests=\"\(tests.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
  }

  private func element(_ test: Test, file: String) -> String {
    let file = XMLAttribute.escaped(file)
    var start = "    <testcase classname=\"\(file)\" name=\"\(XMLAttribute.escaped(test.name))\""
    start += " file=\"\(file)\""
    guard let first = test.findings.first else { return start + "/>\n" }
    start += " line=\"\(first.span.line)\">\n"
    let message = " message=\"\(XMLAttribute.escaped(first.message))\""
    let type = " type=\"\(first.severity.rawValue)\""
    let (tag, attributes) =
      switch test.outcome {
      case .passed: ("system-out", "")
      case .failed: ("failure", message + type)
      case .unreadable: ("error", message + type)
      }
    let lines = test.findings.flatMap(Self.lines).map(XMLText.escaped).joined(separator: "\n")
    return start + "      <\(tag)\(attributes)>\(lines)</\(tag)>\n    </testcase>\n"
  }

  private static func lines(of finding: Finding) -> [String] {
    let facts = finding.facts.map { "  \($0.label): \($0.text)" }
    let related = finding.related.map { "  \($0.span): \($0.message)" }
    let first = "\(finding.span): \(finding.severity.rawValue): \(finding.message)"
    return ([first] + facts + related).map { VisibleText.line($0, limit: 4_000) }
  }
}
