import Foundation
import FoundationXML

/// An SVG as an XML parser understands it, for comparing what was meant with what was written.
final class ParsedSVG: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  private(set) var texts: [String] = []
  private(set) var problem: String?
  private var text = ""

  init(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    if !parser.parse() {
      problem = parser.parserError.map { "\($0) in line \(parser.lineNumber)" } ?? "malformed"
    }
  }

  /// All that people can read or hear, in one piece.
  var words: String {
    let spoken = elements.compactMap { $0.attributes["aria-label"] }
    return (texts + spoken).joined(separator: "\u{1}")
  }

  var links: [String] { elements.compactMap { $0.attributes["href"] } }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String],
  ) {
    elements.append((name, attributes))
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    text += characters
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?,
  ) {
    if ["title", "desc", "text"].contains(name) { texts.append(text) }
    text = ""
  }
}
