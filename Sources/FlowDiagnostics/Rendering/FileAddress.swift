/// The path of a file as a URI: relative to the working directory when it is in there, else with the scheme `file`.
///
/// Parts such as `.` and `..` are resolved as text, without a look at the disk (RFC 3986, section 6.2.2.3).
struct FileAddress: Hashable {
  /// The URI, or the relative reference, in ASCII.
  let text: String

  /// Whether it is relative to the working directory.
  let isRelative: Bool

  init(_ path: String, workingDirectory: String) {
    let root = Self.parts(of: workingDirectory, from: [])
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    let parts = Self.parts(of: path, from: isAbsolute ? [] : root)
    isRelative = parts.starts(with: root)
    let shown = isRelative ? parts[root.count...] : parts[...]
    let encoded = shown.map(Self.encoded).joined(separator: "/")
    text = isRelative ? (encoded.isEmpty ? "." : encoded) : "file:///" + encoded
  }

  private static func parts(of path: String, from start: [String]) -> [String] {
    var parts = start
    for part in path.unicodeScalars.split(separator: "/") {
      switch String(part) {
      case ".": break
      case "..": _ = parts.popLast()
      case let name: parts.append(name)
      }
    }
    return parts
  }

  /// A part of a path in which all but unreserved characters are encoded (RFC 3986, section 2.3).
  private static func encoded(_ part: String) -> String {
    var result = ""
    for byte in part.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += byte < 16 ? "%0" : "%"
        result += String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
