import FlowDiagnostics

/// Tells whether bytes are text that a document may consist of, before anything reads it as such.
///
/// Allowed is UTF-8 with tabs, line ends (LF, CR LF, CR) and printable characters, as in YAML 1.2.
/// Next line (U+0085) and the line and paragraph separators are refused: libyaml would end a line
/// there, which YAML 1.2, editors and our excerpts don't.
enum TextCheck {
  /// The number of bytes of a byte order mark at the start.
  static func byteOrderMark(in bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first thing that is wrong, if any.
  ///
  /// - Complexity: O(number of bytes).
  static func finding(in bytes: [UInt8], file: String) -> Finding? {
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    if isUTF16 {
      return Finding(
        rule: "yaml-syntax", message: "the file is UTF-16",
        span: SourceSpan(file: file, line: 1, column: 1), help: "save it as UTF-8")
    }
    let start = byteOrderMark(in: bytes)
    let fault = bytes.withUnsafeBufferPointer { firstFault(in: $0, from: start) }
    guard let fault else { return nil }
    let place = position(of: fault.offset, in: bytes, from: start)
    return Finding(
      rule: "yaml-syntax", message: fault.message,
      span: SourceSpan(file: file, line: place.line, column: place.column), help: fault.help)
  }

  private struct Fault {
    var offset: Int
    var message: String
    var help: String
  }

  private static func firstFault(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Fault? {
    var offset = start
    while offset < bytes.count {
      let byte = bytes[offset]
      let isPlain = (0x20 <= byte && byte < 0x7F) || byte == 0x0A || byte == 0x0D || byte == 0x09
      if isPlain {
        offset += 1
        continue
      }
      guard byte >= 0x80 else { return controlFault(UInt32(byte), at: offset) }
      guard let (value, length) = decode(bytes, at: offset) else {
        return Fault(
          offset: offset,
          message: "byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8",
          help: "save the file as UTF-8")
      }
      let isRefused =
        value < 0xA0 || value == 0x2028 || value == 0x2029 || value == 0xFEFF
        || value == 0xFFFE || value == 0xFFFF
      if isRefused { return controlFault(value, at: offset) }
      offset += length
    }
    return nil
  }

  private static func controlFault(_ value: UInt32, at offset: Int) -> Fault {
    let digits = String(value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    if value == 0 {
      return Fault(
        offset: offset, message: "the file has a NUL byte", help: "save it as UTF-8 text")
    }
    return Fault(
      offset: offset, message: "the character U+\(code) can't stand in a file",
      help: "remove it, or write '\\u\(code)' in double quotes")
  }

  /// The scalar at `offset` and its length, or `nil` if it is not well-formed (Unicode, table 3-7).
  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> (value: UInt32, length: Int)? {
    let first = bytes[offset]
    let length: Int
    let second: ClosedRange<UInt8>
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = bytes[offset + index]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (value, length)
  }

  /// Line and column from 1; a broken continuation byte belongs to the column before it.
  private static func position(
    of offset: Int, in bytes: [UInt8], from start: Int
  ) -> (line: Int, column: Int) {
    var line = 1
    var column = 0
    for index in start...offset {
      let byte = bytes[index]
      if index > start {
        let last = bytes[index - 1]
        if last == 0x0A || (last == 0x0D && byte != 0x0A) {
          line += 1
          column = 0
        }
      }
      if byte & 0xC0 != 0x80 { column += 1 }
    }
    return (line, max(1, column))
  }
}
