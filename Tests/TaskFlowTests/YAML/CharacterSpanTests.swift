import FlowDiagnostics
import TaskFlow
import Testing

/// A piece of a scalar's text has the place where the same characters are in the source.
@Suite struct CharacterSpanTests {
  private let lines: [String]
  private let source = """
    plain: length(größe) > 3
    single: 'length(größe) > 3'   # comment
    double: "length(größe) > 3"
    anchored: &a length(größe) > 3
    literal: |
      first 'größe' line

        indented größe
      last größe
    stripped: |2-   # comment

        größe
    nested:
      - |
        größe
    """

  init() {
    lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func `it is exact for scalars in one line and for literal blocks`() throws {
    let node = try root(source)
    var count = 0
    let values = node.entries.map(\.value) + Array(try #require(node["nested"]).items)
    for value in values {
      guard let text = value.text else { continue }
      for range in text.ranges(of: "größe") {
        let lower = text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound)
        let span = value.span(ofCharacters: lower..<lower + 5)
        let line = Array(lines[span.line - 1].unicodeScalars)
        let found = line[(span.column - 1)..<(span.column - 1 + span.length)]
        #expect(String(String.UnicodeScalarView(found)) == "größe")
        count += 1
      }
    }
    #expect(count == 9)
  }

  @Test func `a part of several lines is the first of them`() throws {
    let node = try #require(try root("a: |\n  one\n  two\n")["a"])
    #expect(
      node.span(ofCharacters: 1..<6) == SourceSpan(file: "f", line: 2, column: 4, length: 2))
    #expect(
      node.span(ofCharacters: 3..<6) == SourceSpan(file: "f", line: 2, column: 6, length: 1))
    #expect(
      node.span(ofCharacters: 4..<99) == SourceSpan(file: "f", line: 3, column: 3, length: 3))
  }

  @Test(arguments: [
    "a: \"x\\ny\"", "a: 'it''s'", "a: one\n  two", "a: >\n  one\n  two", "a: \"one\n  two\"",
  ])
  func `where it can't be exact it is the whole scalar`(source: String) throws {
    let node = try #require(try root(source)["a"])
    #expect(node.span(ofCharacters: 1..<2) == node.span)
  }

  @Test func `an alias is its own whole`() throws {
    let node = try #require(try root("a: &x text\nb: *x")["b"])
    #expect(node.span(ofCharacters: 1..<2) == node.span)
  }

  @Test func `ranges outside the text stay inside the scalar`() throws {
    let node = try #require(try root("a: 'text'")["a"])
    #expect(
      node.span(ofCharacters: 2..<99) == SourceSpan(file: "f", line: 1, column: 7, length: 2))
    #expect(
      node.span(ofCharacters: 50..<99) == SourceSpan(file: "f", line: 1, column: 9, length: 1))
  }
}
