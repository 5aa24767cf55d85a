import FlowDiagnostics

/// A syntax error of libyaml as a finding that says what to do.
struct YAMLSyntaxError {
  var failure: YAMLFailure
  var bytes: [UInt8]
  /// Where the text begins behind a byte order mark.
  var start: Int
  var file: String

  /// The finding.
  var finding: Finding {
    let phrase = YAMLSyntaxPhrase(failure)
    switch phrase.kind {
    case .missingColon: return missingColon
    case .badStart: return badStart
    case .phrase where failure.problem.contains("tab character"): return tab
    case .phrase:
      if let value = ClosedValue(in: failure, of: bytes, from: start) {
        return Finding(
          rule: "yaml-syntax", message: value.message, span: span(at: failure.mark),
          help: value.help)
      }
      let related = failure.context.flatMap { context -> [Finding.Related]? in
        guard let message = phrase.related, context.mark.index < failure.mark.index else {
          return nil
        }
        return [Finding.Related(span: span(at: context.mark), message: message)]
      }
      return Finding(
        rule: "yaml-syntax", message: phrase.message, span: span(at: failure.mark),
        related: related ?? [], help: phrase.help)
    }
  }

  /// A line that had to be `key: value`; libyaml notices it behind the line, and we point at it.
  private var missingColon: Finding {
    let mark = failure.context?.mark ?? failure.mark
    let text = lineText(from: mark)
    let isGlued = text.split(separator: ":", omittingEmptySubsequences: false).count > 1
    return Finding(
      rule: "yaml-syntax", message: "missing ':' behind the key \(QuotedName.of(text))",
      span: SourceSpan(
        file: file, line: mark.line + 1, column: mark.column + 1,
        length: text.unicodeScalars.count),
      help: isGlued
        ? "put a space behind the ':'"
        : "write 'key: value', or indent the line if it goes on with the text above")
  }

  /// A character that no scalar can begin with.
  private var badStart: Finding {
    let text = lineText(from: failure.mark)
    guard let first = text.unicodeScalars.first, first != "\t" else { return tab }
    let span = span(at: failure.mark)
    return Finding(
      rule: "yaml-syntax", message: "text can't begin with '\(first)'", span: span,
      help: "put it in quotes")
  }

  /// A tab where only spaces can be: in front of a line's text, or of what begins behind '-', '?' or ':'.
  private var tab: Finding {
    var span = span(at: failure.mark)
    let line = lineText(from: YAMLMark(line: failure.mark.line)).unicodeScalars
    let before = line.prefix(failure.mark.column)
    let isIndentation = before.allSatisfy { $0 == " " || $0 == "\t" }
    span.length = max(1, line.dropFirst(failure.mark.column).prefix { $0 == "\t" }.count)
    let sign = before.last { $0 != " " && $0 != "\t" }
    return Finding(
      rule: "yaml-syntax",
      message: isIndentation
        ? "a tab in the indentation" : "a tab behind '\(sign.map { String($0) } ?? "")'",
      span: span, help: isIndentation ? "indent with spaces" : "put a space there")
  }

  /// The place of a mark; libyaml puts the end of a text without a last line end into the next
  /// line.
  private func span(at mark: YAMLMark) -> SourceSpan {
    var lines = LineCursor(bytes, start: start)
    if lines.range(ofLine: mark.line) == nil, mark.line > 0 {
      lines = LineCursor(bytes, start: start)
      let column = lines.length(ofLine: mark.line - 1)?.all ?? 0
      return SourceSpan(file: file, line: mark.line, column: column + 1)
    }
    return SourceSpan(file: file, line: mark.line + 1, column: mark.column + 1)
  }

  /// The text from a mark to the end of its line, without white space at its end, tabs in front
  /// kept.
  private func lineText(from mark: YAMLMark) -> String {
    var lines = LineCursor(bytes, start: start)
    guard let offset = lines.offset(line: mark.line, column: mark.column),
      let range = lines.range(ofLine: mark.line)
    else { return "" }
    var text = bytes[offset..<range.upperBound].prefix(4096)
    while let last = text.last, last == 0x20 || last == 0x09, text.count > 1 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}
