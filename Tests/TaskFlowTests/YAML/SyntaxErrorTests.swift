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
    ("a:\n  b: 1\n  \t\tc: 1", "3:3+2 a tab in the indentation", "indent with spaces"),
    ("a:\n  -\tb: 1", "2:4+1 a tab behind '-'", "put a space there"),
    ("a: @b", "1:4+1 text can't begin with '@'", "put it in quotes"),
    ("a: `b`", "1:4+1 text can't begin with '`'", "put it in quotes"),
    ("a: %b", "1:4+1 text can't begin with '%'", "put it in quotes"),
    (
      "a: b: c", "1:5+1 a ':' is not allowed here",
      "put text with ': ' in it in quotes, and begin a mapping on a line of its own"
    ),
    ("a: - b", "1:4+1 a list item is not allowed here", "begin the list on a line of its own"),
    (
      "a: 'x' y\nb: 1", "1:8+1 text behind the closing '",
      "write '' for a quote inside single quotes, or put the text behind '|'"
    ),
    (
      "- a: 1\n  b: \"x \"$y\" z\"\n", "2:10+1 text behind the closing \"",
      "write \\\" for a quote inside double quotes, or put the text behind '|'"
    ),
    (
      "a: [ -f x ] && y", "1:14+1 text behind the closing ']'",
      "put a text that begins with '[' in quotes, or behind '|'"
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

  @Test(arguments: [
    (
      "a: 1\nb:2\nc: @x\nd: 3",
      ["2:1 missing ':' behind the key 'b:2'", "3:4 text can't begin with '@'"]
    ),
    ("a: b: c\nd: e: f\ng: 1", ["1:5 a ':' is not allowed here", "2:5 a ':' is not allowed here"]),
    ("a: [@b\nc: @d", ["1:5 text can't begin with '@'", "2:4 text can't begin with '@'"]),
    (
      "a: |x\n  y\nb: `",
      ["1:5 unexpected text behind '|' or '>'", "3:4 text can't begin with '`'"]
    ),
    (
      "a:\n\tb: 1\n\tc: 2\nd: @x",
      ["2:1 a tab in the indentation", "4:4 text can't begin with '@'"]
    ),
    (
      "\u{FEFF}a: \"\\d\"\r\nb: é @\r\nc: é: @",
      ["1:5 unknown escape in double quotes", "3:5 a ':' is not allowed here"]
    ),
    (
      "- a: \"x \"$y\" z\"\n- b: !t 1\n- c: *d\n- e: 1\n  e: 2",
      [
        "1:10 text behind the closing \"", "2:6 tags are not supported", "3:6 undefined alias '*d'",
        "5:3 duplicate key 'e'",
      ]
    ),
    (
      "a: [ -f x ] && y\nb: { c } && *d\ne: f: g",
      [
        "1:14 text behind the closing ']'", "2:11 text behind the closing '}'",
        "3:5 a ':' is not allowed here",
      ]
    ),
    ("a: &x \"b\" c\nd: *x", ["1:11 text behind the closing \""]),
    (
      "- a: @b\n  c: 1\n- a: 1\n  c: @d",
      ["1:6 text can't begin with '@'", "4:6 text can't begin with '@'"]
    ),
  ])
  func `errors in lines that have nothing to do with each other are all reported`(
    source: String, expected: [String]
  ) {
    let (tree, findings) = DocumentReader.parse(source, file: "f")
    #expect(tree == nil)
    #expect(
      findings.map { "\($0.span.line):\($0.span.column) \($0.message)" } == expected)
  }

  @Test(arguments: [
    // What belongs to the line that is wrong.
    "a: \"b\n  c\" d\ne: 'f' g", "a: b: c\n  d: e: f\n\n  g: @h", "- a: @b\n  c: @d",
    "a: @\n  - @b",
    // What is left open by it, or behind it.
    "a: @b\nc: [", "a: @b\nc: \"", "a: @b\n- c", "a:\n\tb: 1\n\tc: @x",
  ])
  func `what may follow from an error is not reported`(source: String) {
    let findings = DocumentReader.parse(source, file: "f").findings
    #expect(findings.count == 1, "\(findings.map(\.message))")
  }

  @Test func `no more than nine errors are looked for, and none in a long text`() {
    let lines = String(repeating: "a: @b\n", count: 100)
    #expect(DocumentReader.parse(lines, file: "f").findings.map(\.span.line) == Array(1...9))
    let comment = "# " + String(repeating: "x", count: 1 << 20) + "\n"
    #expect(DocumentReader.parse(comment + lines, file: "f").findings.map(\.span.line) == [2])
  }
}
