extension JSONScanner {
  /// Reads a string from its opening to its closing quote.
  mutating func string() throws(FlowValueJSONError) -> String {
    let start = index
    index += 1
    var text = ""
    var run = index
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        text += try piece(from: run)
        index += 1
        return text
      case UInt8(ascii: "\\"):
        text += try piece(from: run)
        text.unicodeScalars.append(try escape())
        run = index
      case 0..<0x20:
        throw failure("\(found) must be escaped in a string")
      default:
        index += 1
      }
    }
    throw failure("the string is not closed", at: start)
  }

  /// The bytes from `start` to the present place as text.
  private func piece(from start: Int) throws(FlowValueJSONError) -> String {
    guard start < index else { return "" }
    guard let text = String(validating: bytes[start..<index], as: UTF8.self) else {
      throw failure("the string is not UTF-8", at: start)
    }
    return text
  }

  /// Reads an escape from its backslash on.
  private mutating func escape() throws(FlowValueJSONError) -> Unicode.Scalar {
    let start = index
    index += 1
    guard let byte else { throw failure("the string is not closed", at: start) }
    if byte == UInt8(ascii: "u") { return try unicodeEscape(from: start) }
    let escapes: [(UInt8, Unicode.Scalar)] = [
      (UInt8(ascii: "\""), "\""), (UInt8(ascii: "\\"), "\\"), (UInt8(ascii: "/"), "/"),
      (UInt8(ascii: "b"), "\u{8}"), (UInt8(ascii: "f"), "\u{C}"), (UInt8(ascii: "n"), "\n"),
      (UInt8(ascii: "r"), "\r"), (UInt8(ascii: "t"), "\t"),
    ]
    guard let known = escapes.first(where: { $0.0 == byte }) else {
      throw failure("\(found) cannot be escaped", at: start)
    }
    index += 1
    return known.1
  }

  private mutating func unicodeEscape(
    from start: Int
  ) throws(FlowValueJSONError) -> Unicode.Scalar {
    let first = try codeUnit(from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    // Not a scalar, so one half of a surrogate pair; only a high half may come first.
    if first < 0xDC00, bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
      index += 1
      let second = try codeUnit(from: start)
      if (0xDC00...0xDFFF).contains(second) {
        let code = 0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00)
        if let scalar = Unicode.Scalar(code) { return scalar }
      }
    }
    throw failure("a surrogate without its other half", at: start)
  }

  /// Reads `uXXXX`.
  private mutating func codeUnit(from start: Int) throws(FlowValueJSONError) -> UInt16 {
    index += 1
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else {
      throw failure("expected four hexadecimal digits after '\\u'", at: start)
    }
    index += 4
    return unit
  }
}
