/// Shows findings as text for people: each with its place, the line it is about, and what to do.
///
/// ```text
/// error[TFG101]: missing requirement 'digset' of task 'canary' [missing-requirement]
///   --> samples/deploy.flow.yaml:34:20
///    |
/// 34 |         requires: [digset]
///    |                    ^^^^^^
///    = help: did you mean 'digest', provided by task 'build'?
///
/// 1 error
/// ```
///
/// Findings are sorted, and equal ones shown once. All text passes through
/// ``TerminalText/escaped(_:)``.
public struct TextFindingRenderer: Sendable {
  /// Where the lines to show come from.
  public var sources: SourceTexts

  /// How many columns the terminal has; excerpts are cut to it. Below 40 it counts as 40.
  public var width: Int

  /// Whether to colour the text with ANSI escape sequences.
  public var isColored: Bool

  /// The rules whose numbers are shown.
  public var rules: RuleCatalog

  /// Whether sentences that are wider than the terminal go on below their first word; if not, each is one line,
  /// which can be searched.
  public var isWrapped: Bool

  /// A renderer for a terminal of `width` columns.
  public init(
    sources: SourceTexts = .none, width: Int = 100, isColored: Bool = false,
    rules: RuleCatalog = .none, isWrapped: Bool = false
  ) {
    self.sources = sources
    self.width = width
    self.isColored = isColored
    self.rules = rules
    self.isWrapped = isWrapped
  }

  /// The text for these findings, closed by a line that counts them, and a line end.
  public func text(for findings: [Finding]) -> String { text(for: FindingReport(findings)) }

  /// The text for a report, closed by a line that counts the findings and the files that they are in.
  public func text(for report: FindingReport) -> String {
    var texts: [String: SourceText] = [:]
    for file in Set(report.findings.flatMap(\.files)) { texts[file] = sources.text(of: file) }
    var result = ""
    for finding in report.findings {
      append(finding, texts: texts, to: &result)
      result += "\n"
    }
    return result + report.summary + "\n"
  }

  private func append(_ finding: Finding, texts: [String: SourceText], to result: inout String) {
    let places = [finding.span] + finding.related.map(\.span)
    let gutter = String(places.map(\.line).max() ?? 1).utf8.count
    let style = TerminalStyle(finding.severity)
    let number = rules[finding.rule].map { "[\($0.id)]" } ?? ""
    let label = finding.severity.rawValue + number
    let name = "[" + TerminalText.escaped(finding.rule) + "]"
    let message = wrapped(finding.message, then: name, behind: label.utf8.count + 2)
    result += painted(label, style) + painted(": " + message, .strong) + name + "\n"
    append(finding.span, underline: "^", style, gutter: gutter, texts: texts, to: &result)
    for fact in finding.facts {
      let margin = String(repeating: " ", count: gutter + 1)
      result += margin + painted("=", .frame) + " " + painted(fact.label, .strong) + ": "
      result += wrapped(fact.text, behind: gutter + 5 + fact.label.utf8.count) + "\n"
    }
    for related in finding.related {
      result += painted("note", .note) + ": " + wrapped(related.message, behind: 6) + "\n"
      append(related.span, underline: "-", .note, gutter: gutter, texts: texts, to: &result)
    }
  }

  /// A sentence that starts in a column, and room for a last word that the caller writes.
  private func wrapped(_ sentence: String, then last: String? = nil, behind column: Int) -> String {
    let text = TerminalText.escaped(sentence)
    guard isWrapped else { return last == nil ? text : text + " " }
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let lines = ColumnText.wrapped(
      words + (last.map { [$0] } ?? []), columns: max(20, max(40, width) - column))
    let whole = lines.joined(separator: "\n" + String(repeating: " ", count: column))
    return String(whole.dropLast(last?.count ?? 0))
  }

  private func append(
    _ span: SourceSpan, underline: Character, _ style: TerminalStyle, gutter: Int,
    texts: [String: SourceText], to result: inout String
  ) {
    let margin = String(repeating: " ", count: gutter)
    let bar = painted("|", .frame)
    result += margin + painted("-->", .frame) + " " + TerminalText.escaped(span.description) + "\n"
    guard let text = texts[span.file],
      let excerpt = SourceExcerpt(of: span, in: text, width: max(40, width) - gutter - 3)
    else { return }
    let number = String(span.line)
    let padding = String(repeating: " ", count: gutter - number.utf8.count)
    result += margin + " " + bar + "\n"
    result += painted(number, .frame) + padding + " " + bar
    result += (excerpt.line.isEmpty ? "" : " " + excerpt.line) + "\n"
    result += margin + " " + bar + " " + String(repeating: " ", count: excerpt.start)
    result += painted(String(repeating: underline, count: excerpt.length), style) + "\n"
  }

  private func painted(_ text: String, _ style: TerminalStyle) -> String {
    isColored ? style.sequence + text + TerminalStyle.reset : text
  }
}

extension Finding {
  /// The files of its own place and of the related ones.
  var files: [String] { [span.file] + related.map(\.span.file) }
}
