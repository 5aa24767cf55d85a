/// A name from a user as messages have it: in 'quotes', and never longer than a line can take.
package enum QuotedName {
  /// How many characters of a name are shown.
  package static let limit = 60

  /// The name in single quotes; of a long one the beginning and `…`.
  package static func of(_ name: some StringProtocol) -> String {
    let shown = name.unicodeScalars.prefix(limit)
    if shown.endIndex == name.unicodeScalars.endIndex { return "'\(name)'" }
    return "'" + String(String.UnicodeScalarView(shown)) + "…'"
  }
}
