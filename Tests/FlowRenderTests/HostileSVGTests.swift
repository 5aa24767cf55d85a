import FlowDiagnostics
import Foundation
import Testing

@testable import FlowRender

@Suite struct HostileSVGTests {
  static let allowedElements = Set(SVGWriter.Element.allCases.map(\.rawValue))

  @Test(arguments: HostileText.Place.allCases)
  func `text stays text wherever it stands`(_ place: HostileText.Place) throws {
    for text in HostileText.all {
      let svg = try FlowRender.renderSVG(HostileText.drawing(with: text, at: place))
      let parsed = ParsedSVG(svg)
      try #require(parsed.problem == nil, "\(place): \(text.debugDescription)")
      checkStructure(of: parsed)
      guard place != .link, !text.isEmpty else { continue }
      // Long texts are shortened where they are drawn.
      let expected = String(VisibleText.paragraph(text).prefix(12))
      let oneLine = String(VisibleText.line(text).prefix(12))
      let spaced = expected.trimmingCharacters(in: .whitespaces)
      #expect(
        parsed.words.contains(expected) || parsed.words.contains(oneLine)
          || parsed.words.contains(spaced), "\(place): \(text.debugDescription)")
    }
  }

  private func checkStructure(of parsed: ParsedSVG) {
    for element in parsed.elements {
      #expect(HostileSVGTests.allowedElements.contains(element.name))
      for name in element.attributes.keys {
        #expect(SVGWriter.Attribute.names.contains(name) || name.hasPrefix("xmlns"))
      }
    }
    for link in parsed.links { #expect(link.hasPrefix("#") || link.hasPrefix("https://")) }
    #expect(parsed.elements.count { $0.name == "style" } == 1)
  }

  @Test func `the number of elements does not depend on the words`() throws {
    func count(_ text: String) throws -> Int {
      let drawing = HostileText.drawing(with: text, at: .name)
      return ParsedSVG(try FlowRender.renderSVG(drawing)).elements.count
    }
    let usual = try count("task")
    for text in HostileText.all { #expect(try count(text) == usual) }
  }

  @Test(
    arguments: [
      ("#task-1", "#task-1"), ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
      ("#a b\"<", "#a%20b%22%3C"), ("#é", "#%C3%A9"), ("#\u{0}", "#%00"),
      ("javascript:alert(1)", nil), ("data:text/html,x", nil), ("http://example.org", nil),
      (" #a", nil), ("//example.org", nil), ("HTTPS://example.org", nil), ("", nil), ("#", nil),
    ] as [(String, String?)])
  func `only links into the page and to https are let through`(_ link: String, _ address: String?) {
    #expect(SafeLink.address(link) == address)
  }

  @Test(arguments: [
    ("a\u{0}b", "a␀b"), ("\u{1B}[0m", "␛[0m"), ("\t\n\r", "␉␊␍"), ("\u{7F}", "␡"),
    ("\u{202E}abc", "⟨U+202E⟩abc"), ("\u{85}", "⟨U+0085⟩"), ("\u{FFFF}", "⟨U+FFFF⟩"),
    ("\u{E0041}", "⟨U+E0041⟩"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("é", "é"), ("مرحبا", "مرحبا"),
  ])
  func `what cannot be seen is shown`(_ text: String, _ shown: String) {
    #expect(VisibleText.line(text) == shown)
  }

  @Test func `long text ends with an ellipsis`() {
    #expect(VisibleText.line("abcdef", limit: 3) == "abc…")
    #expect(VisibleText.line("abc", limit: 3) == "abc")
    #expect(VisibleText.paragraph("a\r\nb") == "a\nb")
  }

  @Test func `attributes escape what would end them`() {
    #expect(XMLAttribute.escaped("\"'<>&\n") == "&quot;&#39;&lt;&gt;&amp;&#10;")
    #expect(XMLText.escaped("]]><&>") == "]]&gt;&lt;&amp;&gt;")
  }
}
