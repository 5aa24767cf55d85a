/// A character that people who read a text don't see, or that shows them another order than programs read.
///
/// Source: N. Boucher, R. Anderson, "Trojan Source: Invisible Vulnerabilities" (2021); Unicode's technical
/// standard 55.
struct HiddenCharacter {
  let scalar: Unicode.Scalar

  /// Whether it changes the order in which what follows is shown.
  var reorders: Bool { Self.reorders(scalar) }

  /// The character as messages have it: `U+200B (zero width space)`.
  var phrase: String { Self.phrase(of: scalar) }

  /// A character as messages have it, when to show it says nothing.
  static func phrase(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return scalar.properties.name.map { "\(code) (\($0.lowercased()))" } ?? code
  }

  /// The hidden character that `scalar` is where it stands, if it is one.
  ///
  /// Scripts that need joiners, direction marks or variation selectors have them between their own letters,
  /// and so have emoji: there they are left alone.
  init?(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?, before after: Unicode.Scalar?) {
    guard scalar.value >= 0xAD else { return nil }
    self.scalar = scalar
    if Self.reorders(scalar) { return }
    let isBehindOther = before.map { !$0.isASCII } ?? false
    switch scalar.value {
    case 0xFE00...0xFE0F:
      let isKeycap = before.map { "0123456789#*".unicodeScalars.contains($0) } ?? false
      if isBehindOther || isKeycap { return nil }
    case 0xE0000...0xE0FFF:
      if isBehindOther { return nil }
    case 0x061C, 0x200E, 0x200F:
      if [before, after].contains(where: Self.runsLeft) { return nil }
    case 0xAD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200D,
      0x2060...0x2065, 0x206A...0x206F, 0x3164, 0xFEFF, 0xFFA0:
      if isBehindOther, after.map({ !$0.isASCII }) ?? false { return nil }
    default: return nil
    }
  }

  private static func reorders(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Whether a character is of a script that is written from right to left.
  private static func runsLeft(_ scalar: Unicode.Scalar?) -> Bool {
    switch scalar?.value ?? 0 {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF: true
    default: false
    }
  }
}

extension HiddenCharacter {
  /// The first hidden character of a text.
  static func first(in text: String) -> HiddenCharacter? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    let scalars = Array(text.unicodeScalars)
    for index in scalars.indices {
      let hidden = HiddenCharacter(
        scalars[index], after: index > 0 ? scalars[index - 1] : nil,
        before: index + 1 < scalars.count ? scalars[index + 1] : nil)
      if let hidden { return hidden }
    }
    return nil
  }
}
