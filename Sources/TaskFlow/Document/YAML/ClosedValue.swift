/// What a value of one line begins with, when an error stands behind its end in the same line: a quote or a
/// bracket that was closed there, though the text goes on.
enum ClosedValue {
  case quote(Character)
  case bracket(Character)

  /// The value in the line of an error, if it is one of that kind.
  init?(in failure: YAMLFailure, of bytes: [UInt8], from start: Int) {
    switch failure.problem {
    case "did not find expected key", "did not find expected alphabetic or numeric character",
      "did not find expected '-' indicator":
      break
    default: return nil
    }
    var lines = LineCursor(bytes, start: start)
    guard let range = lines.range(ofLine: failure.mark.line),
      let end = lines.offset(line: failure.mark.line, column: failure.mark.column)
    else { return nil }
    let text = String(decoding: bytes[range.lowerBound..<end], as: UTF8.self)
    let value = Self.value(inLine: text)
    guard let sign = value.first else { return nil }
    let rest = value.dropFirst()
    switch sign {
    case "[", "{":
      guard rest.contains(sign == "[" ? "]" : "}") else { return nil }
      self = .bracket(sign)
    case "\"", "'":
      guard rest.contains(sign) else { return nil }
      self = .quote(sign)
    default: return nil
    }
  }

  /// What stands in a line behind `- `, `key: ` and the name of an anchor.
  private static func value(inLine line: String) -> Substring {
    var rest = line.drop { $0 == " " }
    while rest.hasPrefix("- ") { rest = rest.dropFirst().drop { $0 == " " } }
    if let colon = rest.firstRange(of: ": "),
      !rest[..<colon.lowerBound].contains(where: { "\"'#[]{}&*!|>%@`".contains($0) })
    {
      rest = rest[colon.upperBound...].drop { $0 == " " }
    }
    if rest.hasPrefix("&") { rest = rest.drop { $0 != " " }.drop { $0 == " " } }
    return rest
  }

  /// What is wrong, in one phrase.
  var message: String {
    switch self {
    case .quote(let sign): "text behind the closing \(sign)"
    case .bracket(let sign): "text behind the closing '\(sign == "[" ? "]" : "}")'"
    }
  }

  /// What to do.
  var help: String {
    switch self {
    case .quote("\""): "write \\\" for a quote inside double quotes, or put the text behind '|'"
    case .quote: "write '' for a quote inside single quotes, or put the text behind '|'"
    case .bracket(let sign): "put a text that begins with '\(sign)' in quotes, or behind '|'"
    }
  }
}
