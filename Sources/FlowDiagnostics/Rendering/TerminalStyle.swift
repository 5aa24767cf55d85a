/// How a piece of a finding looks on a terminal that has colours.
enum TerminalStyle: String {
  case error = "1;31"
  case warning = "1;33"
  case note = "1;36"
  case frame = "1;34"
  case strong = "1"

  /// The look of a severity.
  init(_ severity: Severity) {
    switch severity {
    case .error: self = .error
    case .warning: self = .warning
    case .info: self = .note
    }
  }

  /// The escape sequence that starts it.
  var sequence: String { "\u{1B}[" + rawValue + "m" }

  /// The escape sequence that ends any style.
  static let reset = "\u{1B}[0m"
}
