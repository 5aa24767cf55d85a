/// Text in which everything that would be invisible, or would reorder other text, can be seen.
///
/// Control characters become their pictures (␀ … ␡), other invisible ones their code point in
/// angle brackets. What is left is legal in XML, moves no cursor and changes no direction.
package enum VisibleText {
  /// What a character may be made of; more is a pile of combining marks that hides its neighbours.
  private static let scalarsPerCharacter = 12

  /// The text on one line.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - limit: The most characters that are kept; "…" stands for the rest.
  package static func line(_ text: String, limit: Int = 1_000) -> String {
    visible(text, limit: limit, keepsNewlines: false)
  }

  /// The text with its line breaks, for descriptions.
  package static func paragraph(_ text: String, limit: Int = 4_000) -> String {
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
    case let value where isInvisible(scalar):
      let digits = String(value, radix: 16, uppercase: true)
      result += "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
    default: result.unicodeScalars.append(scalar)
    }
  }

  private static func picture(at value: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(value) ?? "␦"
  }

  /// Whether a terminal would obey it or nothing be seen of it, but for what joins and parts the letters
  /// of some scripts and the pieces of an emoji.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\u{200C}" || scalar == "\u{200D}" { return false }
    return TerminalText.isHazardous(scalar)
  }
}
