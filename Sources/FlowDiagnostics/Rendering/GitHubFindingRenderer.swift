/// Writes findings as commands to GitHub Actions, which shows them at their lines of a change.
///
/// What a log line can't have is shown as a picture of itself, so that no text starts a command of its own.
///
/// Source: GitHub Docs, Workflow commands for GitHub Actions; the escapes are those of actions/toolkit.
public struct GitHubFindingRenderer: Sendable {
  /// The rules whose numbers are written.
  public var rules: RuleCatalog

  /// A renderer.
  public init(rules: RuleCatalog = .none) {
    self.rules = rules
  }

  /// A command for each finding, and a line that counts them.
  public func text(for report: FindingReport) -> String {
    var text = ""
    for finding in report.findings {
      let span = finding.span
      text += "::\(Self.command(for: finding.severity)) file=\(Self.property(Self.path(span.file)))"
      text += ",line=\(span.line),col=\(span.column),endLine=\(span.line)"
      text += ",endColumn=\(span.column + span.length)"
      text += ",title=\(Self.property(rules.label(of: finding.rule)))"
      text += "::\(Self.data(of: finding))\n"
    }
    return text + report.summary + "\n"
  }

  private static func command(for severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }

  private static func data(of finding: Finding) -> String {
    let facts = finding.facts.map { "\($0.label): \($0.text)" }
    let related = finding.related.map { "\($0.span): \($0.message)" }
    return ([finding.message] + facts + related).map { escaped($0, isProperty: false) }
      .joined(separator: "%0A")
  }

  /// The path as GitHub compares it with those of a change.
  private static func path(_ file: String) -> String {
    file.hasPrefix("./") ? String(file.dropFirst(2)) : file
  }

  private static func property(_ text: String) -> String { escaped(text, isProperty: true) }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in VisibleText.line(text).unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
