/// What a scalar stands for.
package enum ScalarResolution: Sendable, Hashable {
  /// A value.
  case value(FlowValue)

  /// A number that neither `Int` nor `Double` can hold.
  case outOfRange

  /// `.inf`, `-.inf` or `.nan`: values that JSON, environment variables and stored runs can't have.
  case notFinite
}

/// The core schema of YAML 1.2: which plain scalars are not strings.
///
/// One difference on purpose: digits after a leading zero (`012`, `-007`, `00.5`) are a string, as
/// they are in nobody's JSON, and were octal in YAML 1.1. So `no`, `1:30`, `1_000` and dates are
/// strings, too. `.inf` and `.nan` are recognised, so that they are refused and don't turn into
/// text unseen.
///
/// Source: YAML 1.2.2, section 10.3.2.
enum CoreSchema {
  /// What a plain scalar of this text stands for.
  static func resolution(of text: String) -> ScalarResolution {
    // The longest word of the schema has five characters; numbers begin with one of these.
    guard let first = text.utf8.first else { return .value(.null) }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return number(text) ?? .value(.string(text))
    default:
      return .value(word(text) ?? .string(text))
    }
  }

  private static func word(_ text: String) -> FlowValue? {
    switch text {
    case "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: nil
    }
  }

  private static func number(_ text: String) -> ScalarResolution? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan",
      ".NaN", ".NAN":
      return .notFinite
    default:
      break
    }
    if text.hasPrefix("0o") { return integer(text.dropFirst(2), radix: 8) }
    if text.hasPrefix("0x") { return integer(text.dropFirst(2), radix: 16) }
    guard let shape = DecimalShape(text.utf8) else { return nil }
    if shape.isWhole { return Int(text).map { .value(.int($0)) } ?? .outOfRange }
    guard let value = Double(text) else { return nil }
    return value.isFinite ? .value(.float(value)) : .outOfRange
  }

  private static func integer(_ digits: Substring, radix: Int) -> ScalarResolution? {
    let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { isDigit($0, radix: radix) }
    guard isNumber else { return nil }
    return Int(digits, radix: radix).map { .value(.int($0)) } ?? .outOfRange
  }

  private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "7"): true
    case UInt8(ascii: "8")...UInt8(ascii: "9"): radix == 16
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }
}

/// The parts of `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
private struct DecimalShape {
  /// Whether it is digits alone.
  var isWhole = true

  /// `nil` if the text has another shape, or a zero in front of another digit.
  init?(_ text: String.UTF8View) {
    var rest = text[...]
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = Self.digits(&rest)
    if whole.count > 1, whole.first == UInt8(ascii: "0") { return nil }
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      isWhole = false
      fraction = Self.digits(&rest).count
    }
    if whole.isEmpty, fraction == 0 { return nil }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      isWhole = false
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      if Self.digits(&rest).isEmpty { return nil }
    }
    if !rest.isEmpty { return nil }
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View {
    let digits = rest.prefix { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
    rest = rest[digits.endIndex...]
    return digits
  }
}
