/// The surrogate pairs (`\ud83d\ude00`) of a JSON text, which libyaml can't read.
///
/// JSON writers that keep to ASCII make such pairs for characters beyond U+FFFF; YAML has
/// `\U0001f600`. The text for libyaml has that in their place. It is two columns shorter, and
/// ``original(_:)`` moves libyaml's marks back to where they are in the file.
///
/// Only JSON is treated so: a text in which all outside of double quotes is brackets, `:`, `,`,
/// white space, numbers and words. In other YAML a pair remains an error.
struct SurrogatePairs {
  /// The text with each pair as one escape.
  private(set) var text: [UInt8] = []
  /// Where each of those ends in ``text``, from 0, in order.
  private var ends: [(line: Int, column: Int)] = []

  /// The pairs in `bytes` from `start` on, or `nil` if there are none, or it is no JSON.
  ///
  /// - Complexity: O(number of bytes).
  init?(in bytes: [UInt8], from start: Int) {
    guard Self.mayHavePairs(bytes) else { return nil }
    text.reserveCapacity(bytes.count - start)
    var line = 0
    var column = 0
    var index = start
    var isInString = false
    var lastSign = UInt8(ascii: "[")
    while index < bytes.count {
      let byte = bytes[index]
      if isInString, byte == UInt8(ascii: "\\") {
        if let value = Self.pair(in: bytes, at: index) {
          appendEscape(value)
          column += 10
          index += 12
          ends.append((line, column))
          continue
        }
        // What is escaped, a quote perhaps, is passed over; a line end there is no JSON.
        guard index + 1 < bytes.count, bytes[index + 1] >= 0x20 else { return nil }
        text.append(byte)
        text.append(bytes[index + 1])
        column += bytes[index + 1] & 0xC0 == 0x80 ? 1 : 2
        index += 2
        continue
      }
      if byte == UInt8(ascii: "\"") {
        if !isInString, !"[{,:".utf8.contains(lastSign) { return nil }
        isInString.toggle()
        lastSign = byte
      } else if !isInString {
        guard Self.isJSON(byte) else { return nil }
        if byte > 0x20 { lastSign = byte }
      }
      text.append(byte)
      index += 1
      if byte == 0x0A || (byte == 0x0D && (index == bytes.count || bytes[index] != 0x0A)) {
        line += 1
        column = 0
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    if ends.isEmpty { return nil }
  }

  /// The mark in the file that libyaml's mark in ``text`` means.
  ///
  /// - Complexity: O(log n) for n pairs.
  func original(_ mark: YAMLMark) -> YAMLMark {
    let first = count { $0.line < mark.line }
    let before = count { ($0.line, $0.column) <= (mark.line, mark.column) }
    var mark = mark
    mark.column += 2 * (before - first)
    return mark
  }

  /// How many pairs in front satisfy a condition that none behind them does.
  private func count(_ isBefore: ((line: Int, column: Int)) -> Bool) -> Int {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(ends[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func mayHavePairs(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 12 else { return false }
    for index in 0..<bytes.count - 11
    where bytes[index] == UInt8(ascii: "\\") && pair(in: bytes, at: index) != nil { return true }
    return false
  }

  /// The character that the pair at `index` stands for.
  private static func pair(in bytes: [UInt8], at index: Int) -> UInt32? {
    guard let high = unit(in: bytes, at: index), 0xD800 <= high, high < 0xDC00,
      let low = unit(in: bytes, at: index + 6), 0xDC00 <= low, low < 0xE000
    else { return nil }
    return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
  }

  private static func unit(in bytes: [UInt8], at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for position in index + 2..<index + 6 {
      guard let digit = digit(bytes[position]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// Appends `\U` and eight digits.
  private mutating func appendEscape(_ value: UInt32) {
    text.append(UInt8(ascii: "\\"))
    text.append(UInt8(ascii: "U"))
    for shift in stride(from: UInt32(28), through: 0, by: -4) {
      let digit = UInt8(value >> shift & 0xF)
      text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }

  private static func isJSON(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "[]{},:+-.E".utf8.contains(byte)
    }
  }
}
