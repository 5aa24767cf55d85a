/// What makes text of any origin safe to print on a terminal.
///
/// Escape sequences can recolour, move and retitle a terminal, and bidirectional overrides can show
/// names in another order than the program reads them. All text that comes from a user, a file or a
/// process passes through ``escaped(_:)`` before it is printed.
public enum TerminalText {
  /// The text with everything that a terminal would obey or hide written as `\u{…}`.
  ///
  /// These are the C0 and C1 controls (line ends and tabs too), format characters (bidirectional
  /// overrides, zero-width characters, tags), line and paragraph separators, and blank fillers.
  ///
  /// - Complexity: O(length of the text).
  public static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) { return text }
    var result = ""
    var marks = 0
    for scalar in text.unicodeScalars {
      marks = isMark(scalar) ? marks + 1 : 0
      append(scalar, marks: marks, to: &result)
    }
    return result
  }

  /// How many combining marks may follow each other; more of them would cover the lines around.
  static let marksInARow = 3

  /// Whether a terminal would obey `scalar`, or show nothing for it.
  package static func isHazardous(_ scalar: Unicode.Scalar) -> Bool {
    if 0x20 <= scalar.value && scalar.value < 0x7F { return false }
    switch scalar.value {
    case 0x034F, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x2065, 0x2800, 0x3164, 0xFFA0,
      0xFFF0...0xFFF8, 0xE0000...0xE0FFF:
      return true
    default:
      break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return scalar.properties.isNoncharacterCodePoint
    }
  }

  /// Whether `scalar` is drawn over the one before it.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x300 { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }

  /// `\u{202E}` for a right-to-left override.
  static func visible(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  private static func append(_ scalar: Unicode.Scalar, marks: Int, to result: inout String) {
    if isHazardous(scalar) || marks > marksInARow {
      result += visible(scalar)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
}
