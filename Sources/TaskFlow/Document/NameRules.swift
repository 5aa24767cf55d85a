import FlowDiagnostics
import Foundation

/// How tasks, flows and symbols may be named.
public enum NameRules {
  /// How many Unicode scalars a name may have.
  public static let maximumLength = 128

  /// `text` in Unicode's normalization form C, which every name gets once, when it is read.
  ///
  /// Two names that look the same are then the same bytes.
  public static func normalized(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return text.precomposedStringWithCanonicalMapping
  }

  /// What is wrong with `name` as the name of a task or flow, or nil.
  ///
  /// Such a name is in kebab-case: lower-case letters of any script, digits, and single hyphens between
  /// them.
  public static func problem(inName name: String) -> NameProblem? {
    problem(in: name, style: .kebab)
  }

  /// What is wrong with `name` as the name of a symbol, or nil.
  ///
  /// Such a name is in snake_case, with ASCII letters and digits only and a letter first, since it is
  /// the name of an environment variable as well.
  public static func problem(inSymbol name: String) -> NameProblem? {
    problem(in: name, style: .snake)
  }

  private static func problem(in name: String, style: NameStyle) -> NameProblem? {
    guard let reason = style.reason(against: name) else { return nil }
    let suggestion = style.corrected(name)
    return NameProblem(
      message: reason,
      suggestion: style.reason(against: suggestion) == nil ? suggestion : nil)
  }
}

/// Why a name cannot be used.
public struct NameProblem: Error, Sendable, Hashable {
  /// One phrase, lower case, without a period, with the name in 'quotes'.
  public var message: String

  /// A name like it that can be used, or nil when nothing is left of it.
  public var suggestion: String?
}

private enum NameStyle {
  case kebab
  case snake

  var separator: Unicode.Scalar { self == .kebab ? "-" : "_" }

  private func allows(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return ("a"..."z").contains(scalar) || scalar.isASCIIDigit }
    guard self == .kebab else { return false }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      return true
    default: return false
    }
  }

  /// Whether a name is one of those that nearly all are: short, in ASCII and well formed.
  private func isPlain(_ name: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard name.utf8.count <= NameRules.maximumLength, let first = name.utf8.first,
      letters.contains(first)
    else { return false }
    let separator = UInt8(ascii: self.separator)
    var last = first
    for byte in name.utf8 {
      let isSeparator = byte == separator
      guard letters.contains(byte) || digits.contains(byte) || isSeparator else { return false }
      if self == .kebab, isSeparator, last == separator { return false }
      last = byte
    }
    return self == .snake || last != separator
  }

  /// One phrase, or nil when `name` is well formed.
  func reason(against name: String) -> String? {
    if isPlain(name) { return nil }
    if name.isEmpty { return "a name is missing" }
    // Nearly all names are well formed, and need no quoting.
    var quoted: String { QuotedName.of(name) }
    let scalars = name.unicodeScalars
    if scalars.count > NameRules.maximumLength {
      return "the name \(quoted) is longer than \(NameRules.maximumLength) characters"
    }
    if let scalar = scalars.first(where: { $0 != separator && !allows($0) }) {
      let rule =
        self == .kebab
        ? "kebab-case has lower-case letters, digits and '-'"
        : "snake_case has the letters a to z, digits and '_'"
      return "\(scalar.shown) cannot stand in the name \(quoted): \(rule)"
    }
    if self == .snake {
      let startsWell = scalars.first.map { ("a"..."z").contains($0) } ?? false
      return startsWell ? nil : "the name \(quoted) must start with a letter"
    }
    let isLoose = scalars.first == "-" || scalars.last == "-" || name.contains("--")
    return isLoose ? "in the name \(quoted) each '-' must stand between letters or digits" : nil
  }

  /// The words of `name` in this style: cut at what is not allowed, and where an upper-case letter
  /// begins a word.
  func corrected(_ name: String) -> String {
    var words: [String] = [""]
    let scalars = Array(NameRules.normalized(name).unicodeScalars.prefix(NameRules.maximumLength))
    for (place, scalar) in scalars.enumerated() {
      let lower = scalar.properties.lowercaseMapping
      guard lower.unicodeScalars.allSatisfy(allows) else {
        words.append("")
        continue
      }
      let isUpper = scalar.properties.isUppercase
      let followsLower = place > 0 && !scalars[place - 1].properties.isUppercase
      let precedesLower = place + 1 < scalars.count && scalars[place + 1].properties.isLowercase
      if isUpper, followsLower || precedesLower { words.append("") }
      words[words.count - 1] += lower
    }
    var kept = words.filter { !$0.isEmpty }
    if self == .snake {
      while let first = kept.first, first.unicodeScalars.allSatisfy(\.isASCIIDigit) {
        kept.removeFirst()
      }
      if let first = kept.first { kept[0] = String(first.drop { $0.isNumber }) }
    }
    return kept.joined(separator: String(separator))
  }
}
