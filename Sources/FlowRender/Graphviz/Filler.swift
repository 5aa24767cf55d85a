/// Labels for Graphviz that are as wide as the words that are drawn in their place.
///
/// They consist of "i", the narrowest letter of its built-in tables, so that a width is met
/// closely. Nothing in them depends on what the words are.
enum Filler {
  private static let widthOfLetter = 0.222

  /// - Parameters:
  ///   - width: The width that is needed, in points.
  ///   - size: The font size at which Graphviz measures the letters; it makes the height.
  static func letters(width: Double, size: Int) -> String {
    let count = (width / (widthOfLetter * Double(size))).rounded(.up)
    return String(repeating: "i", count: max(1, Int(count)))
  }
}
