/// Writes findings as a table for each file, for a comment on a change or the summary of a job.
public struct MarkdownFindingRenderer: Sendable {
  /// The rules whose numbers are written.
  public var rules: RuleCatalog

  /// The most bytes that tables may take: a comment on GitHub takes 65,536 characters. What is left out is counted.
  public static let limit = 60_000

  /// A renderer.
  public init(rules: RuleCatalog = .none) {
    self.rules = rules
  }

  /// The Markdown for a report, with a line end.
  public func text(for report: FindingReport) -> String {
    var text = "### tfgraph lint: \(report.summary)\n"
    var written = 0
    for section in report.sections where !section.findings.isEmpty {
      var table = "\n\(MarkdownText.code(section.file))\n\n"
      table += "| place | severity | rule | finding |\n|---|---|---|---|\n"
      for finding in section.findings {
        table += row(finding)
        if text.utf8.count + table.utf8.count > Self.limit { return text + rest(report, written) }
        written += 1
        text += table
        table = ""
      }
    }
    return text
  }

  private func rest(_ report: FindingReport, _ written: Int) -> String {
    "\nand \(report.findings.count - written) more, for which there is no room here\n"
  }

  private func row(_ finding: Finding) -> String {
    let label = MarkdownText.escaped(rules.label(of: finding.rule))
    let severity =
      finding.severity == .error ? "**error**" : MarkdownText.escaped(finding.severity.rawValue)
    let facts = finding.facts.map { "\($0.label): \($0.text)" }
    let related = finding.related.map { "\($0.span): \($0.message)" }
    let words = ([finding.message] + facts + related).map(MarkdownText.escaped)
    return "| \(finding.span.line):\(finding.span.column) | \(severity) | \(label) | "
      + words.joined(separator: "<br>") + " |\n"
  }
}
