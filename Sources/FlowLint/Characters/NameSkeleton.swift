import Foundation

/// What is left of a name when characters that look alike are the same: equal for names that people mix up.
///
/// It is the skeleton of Unicode's technical standard 39 with a table of the letters of Cyrillic and Greek that
/// look like Latin ones, and with what is alike in lists of names: `1`, `l` and `I`, `0`, `o` and `O`, `rn` and
/// `m`, `vv` and `w`, `-` and `_`.
enum NameSkeleton {
  /// The skeleton of a name.
  static func of(_ name: String) -> String {
    var skeleton: [UInt8] = []
    skeleton.reserveCapacity(name.utf8.count)
    // Most names are ASCII, which is its own normal form.
    if name.utf8.allSatisfy({ $0 < 0x80 }) {
      for byte in name.utf8 { append(byte, to: &skeleton) }
      return String(decoding: skeleton, as: UTF8.self)
    }
    for scalar in name.decomposedStringWithCompatibilityMapping.unicodeScalars {
      let alike = scalar.isASCII ? scalar : lookAlikes[scalar] ?? scalar
      if alike.isASCII {
        append(UInt8(alike.value), to: &skeleton)
      } else if !isLeftOut(alike) {
        skeleton += Array(String(alike).utf8)
      }
    }
    return String(decoding: skeleton, as: UTF8.self)
  }

  private static func append(_ byte: UInt8, to skeleton: inout [UInt8]) {
    switch Unicode.Scalar(byte) {
    case "1", "I", "|": skeleton.append(UInt8(ascii: "l"))
    case "0", "O": skeleton.append(UInt8(ascii: "o"))
    case "_": skeleton.append(UInt8(ascii: "-"))
    case "n" where skeleton.last == UInt8(ascii: "r"):
      skeleton[skeleton.count - 1] = UInt8(ascii: "m")
    case "v" where skeleton.last == UInt8(ascii: "v"):
      skeleton[skeleton.count - 1] = UInt8(ascii: "w")
    default: skeleton.append(byte)
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
