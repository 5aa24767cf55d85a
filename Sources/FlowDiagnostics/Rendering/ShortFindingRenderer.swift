/// Writes each finding in one line, for editors and `grep`: `file:line:column: severity[TFG101]: message`.
///
/// No findings give no text. All text passes through ``TerminalText/escaped(_:)``.
public struct ShortFindingRenderer: Sendable {
  /// The rules whose numbers are written.
  public var rules: RuleCatalog

  /// A renderer.
  public init(rules: RuleCatalog = .none) {
    self.rules = rules
  }

  /// A line for each finding.
  public func text(for report: FindingReport) -> String {
    var text = ""
    for finding in report.findings {
      text += TerminalText.escaped(finding.span.description) + ": " + finding.severity.rawValue
      text += "[" + TerminalText.escaped(rules.id(of: finding.rule)) + "]: "
      text += TerminalText.escaped(finding.message) + "\n"
    }
    return text
  }
}
