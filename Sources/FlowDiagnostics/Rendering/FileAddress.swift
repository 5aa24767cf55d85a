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
    let encoded = shown.map(AddressText.escaped).joined(separator: "/")
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
}
