/// The scalars that take two columns in a terminal and a whole em in print: East Asian wide ones
/// and emoji (Unicode Standard Annex 11, in ranges rather than by single character).
enum WideScalars {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x1100: false
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F: true
    case 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6: true
    case 0x20000...0x3FFFD: true
    case 0x1F000...0x1FAFF: scalar.properties.isEmojiPresentation || scalar.properties.isEmoji
    default: scalar.properties.isEmojiPresentation
    }
  }
}
