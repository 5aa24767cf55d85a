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

  /// A renderer for a terminal of `width` columns.
  public init(
    sources: SourceTexts = .none, width: Int = 100, isColored: Bool = false,
    rules: RuleCatalog = .none
  ) {
    self.sources = sources
    self.width = width
    self.isColored = isColored
    self.rules = rules
  }

  /// The text for these findings, closed by a line that counts them, and a line end.
  ///
  /// - Complexity: O(n log n) in the number of findings, and one pass over each file.
  public func text(for findings: [Finding]) -> String {
    let ordered = findings.presented
    var texts: [String: SourceText] = [:]
    for file in Set(ordered.flatMap(\.files)) { texts[file] = sources.text(of: file) }
    var result = ""
    for finding in ordered {
      append(finding, texts: texts, to: &result)
      result += "\n"
    }
    result += FindingCount(ordered).description + "\n"
    return result
  }

  private func append(_ finding: Finding, texts: [String: SourceText], to result: inout String) {
    let places = [finding.span] + finding.related.map(\.span)
    let gutter = String(places.map(\.line).max() ?? 1).utf8.count
    let style = TerminalStyle(finding.severity)
    let number = rules[finding.rule].map { "[\($0.id)]" } ?? ""
    result += painted(finding.severity.rawValue + number, style)
    result += painted(": " + TerminalText.escaped(finding.message), .strong)
    result += " [" + TerminalText.escaped(finding.rule) + "]\n"
    append(finding.span, underline: "^", style, gutter: gutter, texts: texts, to: &result)
    let facts = finding.notes.map { ("note", $0) } + (finding.help.map { [("help", $0)] } ?? [])
    for (label, fact) in facts {
      result += String(repeating: " ", count: gutter + 1) + painted("=", .frame) + " "
      result += painted(label, .strong) + ": " + TerminalText.escaped(fact) + "\n"
    }
    for related in finding.related {
      result += painted("note", .note) + ": " + TerminalText.escaped(related.message) + "\n"
      append(related.span, underline: "-", .note, gutter: gutter, texts: texts, to: &result)
    }
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
  fileprivate var files: [String] { [span.file] + related.map(\.span.file) }
}
