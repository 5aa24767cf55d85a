import TaskFlow

/// A scalar without quotes that is read in one way here and in another elsewhere, or loses its text.
enum AmbiguousText {
  /// Text here; a truth value by YAML 1.1.
  case truthValue(Bool)
  /// Text here; what it is by YAML 1.1: `a number with base 8`.
  case other(String)
  /// A number here, which is written in another way than it is shown: as this.
  case number(shown: String)

  /// What a plain scalar is, if it is one of them.
  init?(_ node: DocumentNode) {
    guard node.kind == .scalar, node.style == .plain, !node.isAlias, !node.isBroken,
      let text = node.text, text.utf8.count <= 64, case .value(let value) = node.resolution
    else { return nil }
    switch value {
    case .string: self.init(text: text)
    case .int, .float: self.init(number: text, value)
    default: return nil
    }
  }

  private init?(text: String) {
    switch text.lowercased() {
    case "y", "yes", "on": self = .truthValue(true)
    case "n", "no", "off": self = .truthValue(false)
    default:
      guard let first = text.utf8.first, first < 0x3A, let other = Self.reading(of: text)
      else { return nil }
      self = .other(other)
    }
  }

  /// What YAML 1.1 takes a text of digits and signs for.
  private static func reading(of text: String) -> String? {
    if text.wholeMatch(of: /[-+]?0[0-7_]+/) != nil { return "a number with base 8" }
    if text.wholeMatch(of: /[-+]?0b[01_]+/) != nil { return "a number with base 2" }
    if text.wholeMatch(of: /[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?/) != nil {
      return "a number with base 60"
    }
    if text.wholeMatch(of: /[-+]?[0-9]+(_[0-9]+)+(\.[0-9_]*)?/) != nil { return "a number" }
    let date = /[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t]+[0-9]{1,2}:[0-9]{2}.*)?/
    return text.wholeMatch(of: date) != nil ? "a date" : nil
  }

  /// Numbers whose text says more than their value: `1.10`, `+49`, `1e3`, `0x1F`.
  private init?(number text: String, _ value: FlowValue) {
    let isAmbiguous =
      text.hasPrefix("+") || text.hasPrefix("0x") || text.hasPrefix("0o")
      || text.wholeMatch(of: /-?[0-9]+\.[0-9]*[0-9]0|[0-9]+[eE][0-9]+/) != nil
    let shown = FlowValueJSON.text(of: value)
    guard isAmbiguous, shown != text else { return nil }
    self = .number(shown: shown)
  }
}
