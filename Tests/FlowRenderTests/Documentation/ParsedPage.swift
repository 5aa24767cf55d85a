import Foundation
import FoundationXML

/// A page as an XML parser understands it.
final class ParsedPage: NSObject, XMLParserDelegate {
  /// One element with its attributes.
  struct Element {
    var name: String
    var attributes: [String: String]
  }

  private(set) var elements: [Element] = []
  /// All words, in order, without the style sheet.
  private(set) var words = ""
  private(set) var problem: String?
  private var open: [String] = []

  init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    if !parser.parse() {
      problem = parser.parserError.map { "\($0) in line \(parser.lineNumber)" } ?? "malformed"
    }
  }

  /// All that people can read or hear.
  var allWords: String {
    words + elements.compactMap { $0.attributes["aria-label"] }.joined(separator: "\n")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String],
  ) {
    elements.append(Element(name: name, attributes: attributes))
    open.append(name)
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    if !open.contains("style") { words += characters }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?,
  ) {
    open.removeLast()
  }
}
