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
    ("a: \"x\\nyz\"", 2..<3, 1, 8, 1), ("a: \"x\\nyz\"", 1..<4, 1, 6, 4),
    ("a: 'it''s'", 2..<4, 1, 7, 3), ("a: one\n  two", 4..<7, 2, 3, 3),
    ("a: >\n  one\n  two", 4..<7, 2 + 1, 3, 3), ("a: \"one\n\n  two\"", 4..<7, 3, 3, 3),
    ("a: \"one \\\n  t\\x77o\"", 4..<7, 2, 3, 6), ("a: 'one\n  two'", 3..<4, 1, 8, 1),
    ("a: one\n  two", 50..<99, 2, 6, 1), ("a: one\n  two", 0..<7, 1, 4, 3),
  ])
  func `it is exact in folded lines and beside escapes`(
    source: String, range: Range<Int>, line: Int, column: Int, length: Int
  ) throws {
    let node = try #require(try root(source)["a"])
    #expect(
      node.span(ofCharacters: range)
        == SourceSpan(file: "f", line: line, column: column, length: length))
  }

  @Test func `a long text of white space is looked at in time that is linear in it`() throws {
    let spaces = String(repeating: " ", count: 500_000)
    let node = try #require(try root("a: \"\\t\(spaces)x\"")["a"])
    #expect(
      node.span(ofCharacters: 500_001..<500_002)
        == SourceSpan(file: "f", line: 1, column: 500_007, length: 1))
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
