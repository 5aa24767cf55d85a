import FlowDiagnostics
import TaskFlow

/// A comment that allows findings: `# tfgraph: allow[TFG301, no-timeout] reason`.
struct AllowComment: Sendable {
  /// Whether it is `allow-file`.
  var holdsForFile: Bool

  /// The rules between the brackets.
  var parts: [Part]

  /// What stands behind the brackets; `nil` when nothing does.
  var reason: String?

  /// The comment as it stands in the file.
  var comment: DocumentComment

  /// Whether it is a comment of a shell, in a script.
  var isInScript: Bool

  /// One entry between the brackets.
  struct Part: Sendable {
    var selector: RuleSelector
    var span: SourceSpan
  }

  /// What a comment says to `tfgraph`.
  enum Reading {
    /// Nothing: it is for people.
    case nothing
    case allows(AllowComment)
    /// Something that can't be understood.
    case mistake(Finding)
  }

  static func reading(of comment: DocumentComment, isInScript: Bool = false) -> Reading {
    var scan = Scan(comment)
    guard scan.take("tfgraph:") else {
      guard scan.isAtAllow else { return .nothing }
      return .mistake(
        Finding(
          rule: "unknown-rule", severity: .warning,
          message: "the comment allows nothing: 'tfgraph:' has small letters", span: comment.span,
          help: "write 'tfgraph: allow[RULE] reason'"))
    }
    let word = scan.word()
    let isKnown = Self.words.contains(word.text)
    scan.skipBlanks()
    guard scan.take("[") else {
      return isKnown ? .mistake(Self.namesNoRule(comment.span)) : .nothing
    }
    guard isKnown else { return .mistake(Self.unknownWord(word)) }
    let parts = scan.parts()
    guard scan.take("]") else {
      return .mistake(
        Finding(
          rule: "unknown-rule", severity: .warning, message: "the ']' behind the rules is missing",
          span: comment.span, help: "write 'allow[RULE] reason'"))
    }
    if parts.isEmpty { return .mistake(Self.namesNoRule(comment.span)) }
    let reason = scan.rest()
    if reason?.contains("tfgraph: allow[") == true {
      return .mistake(
        Finding(
          rule: "unknown-rule", severity: .warning,
          message: "what is allowed behind a reason is a part of that", span: comment.span,
          help: "name all rules in one pair of brackets, or write a comment above"))
    }
    return .allows(
      AllowComment(
        holdsForFile: word.text == Self.words[1], parts: parts, reason: reason,
        comment: comment, isInScript: isInScript))
  }

  private static let words = ["allow", "allow-file"]

  private static func namesNoRule(_ span: SourceSpan) -> Finding {
    Finding(
      rule: "unknown-rule", severity: .warning, message: "the comment names no rule", span: span,
      help: "write 'allow[RULE] reason'")
  }

  private static func unknownWord(_ word: (text: String, span: SourceSpan)) -> Finding {
    let near = Suggestion.nearest(to: word.text, among: words)
    return Finding(
      rule: "unknown-rule", severity: .warning,
      message: "\(QuotedName.of(word.text)) is nothing that a comment can say", span: word.span,
      help: near.map { "did you mean '\($0)'?" } ?? "write 'allow[RULE] reason'")
  }
}

/// Reads a comment from its beginning to its end.
private struct Scan {
  private let text: [Unicode.Scalar]
  private let span: SourceSpan
  private var index = 0

  init(_ comment: DocumentComment) {
    text = Array(comment.text.unicodeScalars)
    span = comment.span
    skipBlanks()
  }

  mutating func skipBlanks() {
    while index < text.count, text[index] == " " || text[index] == "\t" { index += 1 }
  }

  /// Takes a text, and the blanks behind it, if it stands here.
  mutating func take(_ wanted: String) -> Bool {
    guard text[index...].starts(with: wanted.unicodeScalars) else { return false }
    index += wanted.unicodeScalars.count
    skipBlanks()
    return true
  }

  /// Whether `tfgraph: allow[` stands here, in letters of any size.
  var isAtAllow: Bool {
    String(String.UnicodeScalarView(text[index...].prefix(24))).lowercased()
      .hasPrefix("tfgraph: allow")
  }

  mutating func word() -> (text: String, span: SourceSpan) {
    let start = index
    while index < text.count, text[index] == "-" || text[index].properties.isAlphabetic {
      index += 1
    }
    return (string(start..<index), place(start..<index))
  }

  /// What is between commas, up to a closing bracket; what is empty is left out.
  mutating func parts() -> [AllowComment.Part] {
    var parts: [AllowComment.Part] = []
    var start = index
    while true {
      let isEnd = index == text.count || text[index] == "]"
      if isEnd || text[index] == "," {
        let range = trimmed(start..<index)
        if !range.isEmpty {
          parts.append(
            AllowComment.Part(selector: RuleSelector(string(range)), span: place(range)))
        }
        start = index + 1
      }
      if isEnd { return parts }
      index += 1
    }
  }

  /// What is left, without the marks that people put in front of a reason.
  mutating func rest() -> String? {
    while index < text.count, " \t:-–—".unicodeScalars.contains(text[index]) { index += 1 }
    let range = trimmed(index..<text.count)
    return range.isEmpty ? nil : string(range)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
    guard let first = text[range].firstIndex(where: { !isBlank($0) }),
      let last = text[range].lastIndex(where: { !isBlank($0) })
    else { return range.lowerBound..<range.lowerBound }
    return first..<last + 1
  }

  private func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[range])
    return String(view)
  }

  private func place(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(
      file: span.file, line: span.line, column: span.column + 1 + range.lowerBound,
      length: range.count)
  }
}
