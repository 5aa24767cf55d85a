extension ExpressionLexer {
  /// Reads a number as JSON has it.
  mutating func number() throws(ExpressionError) -> FlowValue {
    let start = index
    index += 1
    takeDigits()
    if peek() == ".", peek(1)?.isASCIIDigit == true {
      index += 1
      takeDigits()
    }
    if peek() == "e" || peek() == "E" {
      index += 1
      if peek() == "+" || peek() == "-" { index += 1 }
      takeDigits()
    }
    let isFollowedByName = peek()?.isNameScalar ?? false
    while let scalar = peek(), scalar.isNameScalar || scalar.isASCIIDigit { index += 1 }
    let text = String(String.UnicodeScalarView(scalars[start..<index]))
    guard !isFollowedByName, let value = try? FlowValueJSON.parse(text) else {
      throw ExpressionError(
        "'\(text.prefix(40))' is not a number", at: range(from: start),
        help: "write numbers as 3, -2 or 0.5; a name starts with a letter")
    }
    if case .float = value, text.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) {
      throw ExpressionError("the number does not fit into an int", at: range(from: start))
    }
    return value
  }

  private mutating func takeDigits() {
    while peek()?.isASCIIDigit == true { index += 1 }
  }

  /// Reads a string in single or double quotes.
  mutating func string() throws(ExpressionError) -> String {
    let start = index
    let quote = scalars[index]
    index += 1
    var text = String.UnicodeScalarView()
    while let scalar = peek() {
      if scalar == "\\" {
        text.append(try escape())
        continue
      }
      index += 1
      if scalar == quote { return String(text) }
      text.append(scalar)
    }
    throw ExpressionError("the string is not closed", at: range(from: start))
  }

  /// Reads an escape from its backslash on.
  private mutating func escape() throws(ExpressionError) -> Unicode.Scalar {
    let start = index
    index += 1
    let scalar = peek()
    if scalar != nil { index += 1 }
    switch scalar {
    case "\\", "\"", "'": return scalars[start + 1]
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      if let scalar = takeCode() { return scalar }
    default: break
    }
    throw ExpressionError(
      "unknown escape in a string", at: range(from: start),
      help: #"escapes are \\ \" \' \n \r \t and \u{1F600}"#)
  }

  /// Reads `{1F600}`.
  private mutating func takeCode() -> Unicode.Scalar? {
    guard peek() == "{" else { return nil }
    let rest = scalars[(index + 1)...].prefix(9)
    guard let close = rest.firstIndex(of: "}"), close > rest.startIndex,
      rest[..<close].allSatisfy({ $0.isASCII && $0.properties.isASCIIHexDigit }),
      let code = UInt32(String(String.UnicodeScalarView(rest[..<close])), radix: 16),
      let scalar = Unicode.Scalar(code)
    else { return nil }
    index = close + 1
    return scalar
  }
}

extension Unicode.Scalar {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }

  /// Whether a name may start with it, before its spelling is checked.
  var isNameScalar: Bool { self == "_" || properties.isAlphabetic }

  /// The scalar as a message shows it: in quotes, or by number when it cannot be seen.
  var shown: String {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
      .privateUse, .surrogate, .nonspacingMark, .enclosingMark:
      "the character U+" + String(repeating: "0", count: max(0, 4 - hexadecimal.count))
        + hexadecimal
    default: "'\(self)'"
    }
  }

  private var hexadecimal: String { String(value, radix: 16, uppercase: true) }
}
