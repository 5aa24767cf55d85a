/// Where a renderer gets the text of a source file from, to show the lines that findings are about.
///
/// A file without text is no error: its findings are shown without an excerpt.
public struct SourceTexts: Sendable {
  private let lookUp: @Sendable (_ file: String) -> SourceText?

  /// Texts that `lookUp` finds by the name that a span has for its file.
  ///
  /// A renderer asks once for each file.
  public init(lookUp: @escaping @Sendable (_ file: String) -> SourceText?) {
    self.lookUp = lookUp
  }

  /// Texts by the name that spans have for their files.
  public init(_ texts: [String: SourceText]) {
    self.init { texts[$0] }
  }

  /// No texts at all.
  public static let none = SourceTexts { _ in nil }

  /// The text of a file, or `nil` if there is none.
  public func text(of file: String) -> SourceText? { lookUp(file) }
}

extension SourceTexts: ExpressibleByDictionaryLiteral {
  /// Texts by file name; of two with one name the last stays.
  public init(dictionaryLiteral elements: (String, String)...) {
    let pairs = elements.map { ($0.0, SourceText($0.1)) }
    self.init(Dictionary(pairs, uniquingKeysWith: { _, last in last }))
  }
}
