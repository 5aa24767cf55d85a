/// Reads the scalars of a JSON text, and says where in it a mistake is.
struct JSONScanner {
  let bytes: [UInt8]
  var index = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  var isAtEnd: Bool { index >= bytes.count }
  var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// What stands at the present place, as an error message shows it.
  var found: String {
    guard let byte else { return "the end" }
    if (0x21...0x7E).contains(byte) { return "'\(Unicode.Scalar(byte))'" }
    if byte < 0x80 { return "the character U+00" + hexadecimal(byte) }
    return "a character that is not ASCII"
  }

  mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: wanted) else { return false }
    index += 1
    return true
  }

  func failure(_ message: String, at offset: Int? = nil) -> FlowValueJSONError {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset ?? index) {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    // The byte order mark has no column.
    if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { column = max(1, column - 1) }
    return FlowValueJSONError(message: message, line: line, column: column)
  }

  mutating func scalar() throws(FlowValueJSONError) -> FlowValue {
    if byte == UInt8(ascii: "\"") { return .string(try string()) }
    if byte == UInt8(ascii: "-") || isDigit { return try number() }
    for (word, value) in [("true", FlowValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[index...].starts(with: word.utf8) {
      index += word.utf8.count
      return value
    }
    throw failure("expected a value, found \(found)")
  }

  private mutating func number() throws(FlowValueJSONError) -> FlowValue {
    let start = index
    var isWhole = true
    _ = take("-")
    if take("0") {
      if isDigit { throw failure("a number must not start with a zero", at: start) }
    } else {
      try digits()
    }
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let int = Int(text) { return .int(int) }
    guard let float = Double(text), float.isFinite else {
      throw failure("the number is too large", at: start)
    }
    return .float(float)
  }

  private var isDigit: Bool { byte.map { (0x30...0x39).contains($0) } ?? false }

  private mutating func digits() throws(FlowValueJSONError) {
    guard isDigit else { throw failure("expected a digit, found \(found)") }
    while isDigit { index += 1 }
  }
}

/// Two upper-case hexadecimal digits.
func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}
