/// Text in which everything that would be invisible, or would reorder other text, can be seen.
///
/// Control characters become their pictures (␀ … ␡), other invisible ones their code point in
/// angle brackets. What is left is legal in XML, moves no cursor and changes no direction.
enum VisibleText {
  /// What a character may be made of; more is a pile of combining marks that hides its neighbours.
  private static let scalarsPerCharacter = 12

  /// The text on one line.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - limit: The most characters that are kept; "…" stands for the rest.
  static func line(_ text: String, limit: Int = 1_000) -> String {
    visible(text, limit: limit, keepsNewlines: false)
  }

  /// The text with its line breaks, for descriptions.
  static func paragraph(_ text: String, limit: Int = 4_000) -> String {
    visible(text, limit: limit, keepsNewlines: true)
  }

  private static func visible(_ text: String, limit: Int, keepsNewlines: Bool) -> String {
    var result = ""
    for (position, character) in text.enumerated() {
      if position == limit { return result + "…" }
      if keepsNewlines, character == "\n" || character == "\r\n" {
        result += "\n"
        continue
      }
      for scalar in character.unicodeScalars.prefix(scalarsPerCharacter) {
        append(scalar, to: &result)
      }
    }
    return result
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar.value {
    case 0...0x1F: result.unicodeScalars.append(picture(at: 0x2400 + scalar.value))
    case 0x7F: result += "␡"
    case let value where isInvisible(value):
      let digits = String(value, radix: 16, uppercase: true)
      result += "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
    default: result.unicodeScalars.append(scalar)
    }
  }

  private static func picture(at value: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(value) ?? "␦"
  }

  /// Whether a code point is a control, a direction mark, of no width, or no character at all.
  private static func isInvisible(_ value: UInt32) -> Bool {
    switch value {
    case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E: true
    case 0x2060...0x206F, 0xFDD0...0xFDEF, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
    default: value & 0xFFFE == 0xFFFE
    }
  }
}
