import Foundation
import FoundationXML
import Testing

/// Texts of a flow file that try to be more than text, through the command into each of its formats.
@Suite(.timeLimit(.minutes(5))) struct HostileFileTests {
  static let texts = [
    "</text><script>alert(1)</script>", "\" onload='alert(1)' x=\"", "]]> <![CDATA[x]]> & &amp;",
    "\\N\\G \u{1B}[31m\u{7}", "\u{202E}gnp.exe\u{2066}", "javascript:alert(1)",
    "[x](javascript:alert(1)) **b** | <b> `c` ```", "👩‍👩‍👧‍👦 🚀", "\"]; n9 [label=\"x",
    "end\"] --> x[\"y", "\u{FEFF}\u{200B}\u{3164}",
  ]

  /// A flow with a text in every place that takes one.
  private static func flow(saying text: String) -> String {
    let said = quoted(text)
    let plain = text.unicodeScalars.filter { $0.value >= 0x20 && $0 != "'" && $0 != "\\" }
    let condition = quoted("${{ name == '\(String(String.UnicodeScalarView(plain)))' }}")
    return """
      tfgraph: 1
      flow: hostile
      description: \(said)
      inputs:
        name: { type: string, default: \(said), description: \(said) }
        mirrors: { type: list, default: [\(said)] }
      linear:
        - task: one
          description: \(said)
          requires: [name]
          when: \(condition)
          env: { EXTRA: \(said) }
          inject: { own: \(said) }
          run: \(said)
          provides: { given: \(quoted("file:\(text)")) }
          revert: { run: \(said) }
        - flow: nested
          description: \(said)
          retry: { for_each: mirrors, provides: mirror }
          linear:
            - { task: two, exec: [\(said), \(said)] }
            - { task: three, set: { a: \(said), b: [\(said)], c: { \(said): \(said) } } }
        - flow: literal
          retry: { for_each: [\(said), \(said)], provides: value }
          linear:
            - { task: four, requires: [value, given, \(said)], run: \(said) }

      """
  }

  /// A scalar in double quotes.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case let scalar where scalar.value < 0x80 && scalar.value >= 0x20:
        result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }

  /// The flow without the name that no symbol can have, which is refused.
  private static func drawnFlow(saying text: String) -> String {
    flow(saying: text).replacingOccurrences(of: "given, \(quoted(text))]", with: "given]")
  }

  @Test(arguments: texts)
  func `a text stays text in every format`(_ text: String) async throws {
    let scratch = try Scratch()
    try scratch.write(Self.drawnFlow(saying: text), to: "hostile.flow.yaml")
    for format in ["svg", "dot", "mermaid", "text"] {
      let run = try await CommandRun(
        "render", "hostile.flow.yaml", "--format", format, in: scratch.url)
      #expect(run.code == 0, "\(format): \(run.complaints)")
      #expect(!hasHazards(run.output) && !hasHazards(run.complaints), "\(format)")
      if format == "svg" { #expect(markup(of: run.output) == .some([])) }
    }
    let docs = try await CommandRun("docs", "hostile.flow.yaml", "-o", "docs", in: scratch.url)
    #expect(docs.code == 0, "\(docs.complaints)")
    for name in ["hostile.html", "index.html", "hostile.svg"] {
      let page = try #require(scratch.read("docs/\(name)"))
      #expect(!hasHazards(page), "\(name)")
      #expect(markup(of: page) == .some([]), "\(name)")
    }
    for name in ["hostile.md", "index.md"] {
      let page = try #require(scratch.read("docs/\(name)"))
      #expect(!hasHazards(page), "\(name)")
      // Code may hold anything; outside of it nothing is a tag.
      #expect(!outsideOfCode(page).contains("<script") && !outsideOfCode(page).contains("<b>"))
    }
  }

  @Test(arguments: texts)
  func `a text that can't be a name is refused as text`(_ text: String) async throws {
    let scratch = try Scratch()
    try scratch.write(Self.flow(saying: text), to: "hostile.flow.yaml")
    let run = try await CommandRun("render", "hostile.flow.yaml", in: scratch.url)
    #expect(run.code == 1)
    #expect(run.complaints.contains("[wrong-value]"))
    #expect(!hasHazards(run.complaints))
  }

  /// Whether a terminal or a browser would obey or hide any of it.
  private func hasHazards(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x0A, 0x200D: false
      case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
      default: false
      }
    }
  }

  /// The elements, attributes and links of a page that have no business there; `nil` if it can't be
  /// parsed.
  private func markup(of page: String) -> [String]? {
    let parser = XMLParser(data: Data(page.replacing("<!DOCTYPE html>", with: "").utf8))
    let search = MarkupSearch()
    parser.delegate = search
    return parser.parse() ? search.found : nil
  }

  private func outsideOfCode(_ markdown: String) -> String {
    var isCode = false
    var kept = ""
    for line in markdown.split(separator: "\n") {
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isCode.toggle()
      } else if !isCode {
        kept += line.replacing(#/(`+)(?:[^`]|(?!\1)`)*\1/#, with: "") + "\n"
      }
    }
    return kept
  }
}

/// Looks for markup that can do something.
private final class MarkupSearch: NSObject, XMLParserDelegate {
  var found: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if ["script", "image", "foreignObject", "iframe", "b"].contains(name) { found.append(name) }
    for (key, value) in attributes {
      if key.hasPrefix("on") { found.append(key) }
      if ["href", "src", "xlink:href"].contains(key), value.lowercased().hasPrefix("javascript") {
        found.append(value)
      }
    }
  }
}
