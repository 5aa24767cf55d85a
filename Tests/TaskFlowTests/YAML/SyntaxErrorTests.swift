import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct SyntaxErrorTests {
  @Test(arguments: [
    ("a: 1\nb:2\nc: 3", "2:1+3 missing ':' behind the key 'b:2'", "put a space behind the ':'"),
    (
      "a: 1\nb\nc: 3", "2:1+1 missing ':' behind the key 'b'",
      "write 'key: value', or indent the line if it goes on with the text above"
    ),
    ("a:\n\tb: 1", "2:1+1 a tab in the indentation", "indent with spaces"),
    ("a: @b", "1:4+1 text can't begin with '@'", "put it in quotes"),
    ("a: `b`", "1:4+1 text can't begin with '`'", "put it in quotes"),
    ("a: %b", "1:4+1 text can't begin with '%'", "put it in quotes"),
    (
      "a: b: c", "1:5+1 a ':' is not allowed here",
      "put text with ': ' in it in quotes, and begin a mapping on a line of its own"
    ),
    ("a: - b", "1:4+1 a list item is not allowed here", "begin the list on a line of its own"),
    (
      "a: 'x' y\nb: 1", "1:8+1 expected a key",
      "align the line with the mapping's keys, or look behind a closing quote before it"
    ),
    ("a: [1, 2\nb: 3", "2:2+1 expected ',' or ']'", "close it with ']'"),
    ("a: {b: 1", "1:9+1 expected ',' or '}'", "close it with '}'"),
    ("a: \"x\n", "2:1+1 a quote is not closed", "close it"),
    ("a: 'x\n---\n", "2:1+1 a quote is not closed", "close it"),
    (
      "a: \"\\d\"", "1:5+1 unknown escape in double quotes",
      "write '\\\\' for a backslash, or use single quotes"
    ),
    ("- a\nb: 1", "2:1+1 expected '-'", "align the line with the list's items"),
    (
      "  - a\n - c", "2:2+1 text that is no part of what is above",
      "align it with the first line above that it belongs to"
    ),
    ("a: |x\n  y", "1:5+1 unexpected text behind '|' or '>'", "begin the text on the next line"),
    ("a: *", "1:5+1 expected a name behind '&' or '*'", "put text that begins like this in quotes"),
  ])
  func `a syntax error says what to do`(source: String, expected: String, help: String) {
    let (tree, findings) = DocumentReader.parse(source, file: "f")
    #expect(tree == nil)
    #expect(findings.map(\.rule) == ["yaml-syntax"])
    #expect(
      findings.map { "\($0.span.line):\($0.span.column)+\($0.span.length) \($0.message)" }
        == [expected])
    #expect(findings.map(\.help) == [help])
  }

  @Test(arguments: [
    ("a: [1, 2\nb: 3", 1, 4, "'[' is opened here"), ("x: 1\na: {b: 1", 2, 4, "'{' is opened here"),
    ("a: \"x\n\n", 1, 4, "it is opened here"),
    ("x:\n  - a\n  b: c", 2, 3, "in the list that begins here"),
  ])
  func `what is not closed shows where it began`(
    source: String, line: Int, column: Int, message: String
  ) {
    let related = DocumentReader.parse(source, file: "f").findings.flatMap(\.related)
    let span = SourceSpan(file: "f", line: line, column: column)
    #expect(related == [Finding.Related(span: span, message: message)])
  }

  @Test func `a syntax error is reported alone`() {
    #expect(DocumentReader.parse("a: !!x 1\na: *y\nb: [", file: "f").findings.count == 1)
  }
}
