import Foundation

/// What is left of a name when characters that look alike are the same: equal for names that people mix up.
///
/// It is the skeleton of Unicode's technical standard 39 with a table of the letters of Cyrillic and Greek that
/// look like Latin ones, and with what is alike in lists of names: `1`, `l` and `I`, `0`, `o` and `O`, `rn` and
/// `m`, `vv` and `w`, `-` and `_`.
enum NameSkeleton {
  /// The skeleton of a name.
  static func of(_ name: String) -> String {
    var scalars: [Unicode.Scalar] = []
    // Most names are ASCII, which is its own normal form.
    let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
    let decomposed = isASCII ? name : name.decomposedStringWithCompatibilityMapping
    for scalar in decomposed.unicodeScalars {
      let alike = scalar.isASCII ? scalar : lookAlikes[scalar] ?? scalar
      if !scalar.isASCII, alike == scalar, isLeftOut(scalar) { continue }
      append(alike, to: &scalars)
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func append(_ scalar: Unicode.Scalar, to scalars: inout [Unicode.Scalar]) {
    switch scalar {
    case "1", "I", "|": scalars.append("l")
    case "0", "O": scalars.append("o")
    case "_": scalars.append("-")
    case "n" where scalars.last == "r": scalars[scalars.count - 1] = "m"
    case "v" where scalars.last == "v": scalars[scalars.count - 1] = "w"
    default: scalars.append(scalar)
    }
  }

  private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
    HiddenCharacter(scalar, after: nil, before: nil) != nil
  }

  /// The first character that looks like a Latin letter and is none, in a word with Latin letters.
  static func stranger(in name: String) -> Unicode.Scalar? {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    for word in name.unicodeScalars.split(whereSeparator: { !$0.properties.isAlphabetic }) {
      let hasLatin = word.contains { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
      if hasLatin, let stranger = word.first(where: { lookAlikes[$0] != nil }) { return stranger }
    }
    return nil
  }

  /// Letters of Cyrillic, Greek and phonetic scripts, and dashes, by what they look like (confusables.txt of
  /// Unicode 16).
  private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs: [(String, String)] = [
      ("аеорсухѕіјһԁԛԝӏгѵүԍ", "aeopcyxsijhdqwlrvyg"),
      ("АВЕЅІЈКМНОРСТУХԚԜҮԌ", "ABESIJKMHOPCTYXQWYG"),
      ("αογνριυσ", "aoyvpiuo"),
      ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
      ("ıɑɡɩʏᴏᴠᴡᴢ", "iagiyovwz"),
      ("‐‑‒–—−", "------"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (strange, plain) in pairs {
      for (stranger, alike) in zip(strange.unicodeScalars, plain.unicodeScalars) {
        table[stranger] = alike
      }
    }
    return table
  }()
}
