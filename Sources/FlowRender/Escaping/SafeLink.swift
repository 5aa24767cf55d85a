/// A link that may leave the program: to a place in the same page, or to an `https` address.
enum SafeLink {
  /// The link with every character encoded that an address may not hold, or nothing if it leads
  /// anywhere else.
  static func address(_ link: String) -> String? {
    for prefix in ["#", "https://"] {
      // Swift's `hasPrefix` compares characters: "#" with a combining mark on it is not "#".
      guard link.unicodeScalars.starts(with: prefix.unicodeScalars) else { continue }
      let rest = String(link.unicodeScalars.dropFirst(prefix.unicodeScalars.count))
      return rest.isEmpty || rest.utf8.count > 2_000 ? nil : prefix + encoded(rest)
    }
    return nil
  }

  private static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
        UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: "&"),
        UInt8(ascii: "#"), UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "@"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += byte < 16 ? "%0" : "%"
        result += String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
