import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DocumentCommentTests {
  /// A text, and its comments as `LINE:COLUMN+LENGTH` with `!` in front of those that stand alone.
  private static let cases: [(text: String, comments: [String])] = [
    ("# one\na: b # two\n", ["!1:1+5", "2:6+5"]),
    ("a: b#c\nd: 'x # y' # z\n", ["2:12+3"]),
    ("a: \"x # y\\\" # z\" # c\n", ["1:18+3"]),
    ("a: | # head\n  # text\n  b # text\n# tail\n", ["1:6+6", "!4:1+6"]),
    ("a: >-\n\n   # text\n\n  # tail\nb: c\n", ["!5:3+6"]),
    ("a: |1\n   # text\n b: # no key\n", []),
    ("a: |\n  # text", []),
    ("a: |\n  text\n\n  # text\n # tail", ["!5:2+6"]),
    ("a: 'x\n  # text\n  y' # c\n", ["3:6+3"]),
    ("a: x\n  y # c\n", ["2:5+3"]),
    ("a: # one\n  b: c\n", ["1:4+5"]),
    ("- # one\n- [a, # two\n  b] # three\n", ["1:3+5", "2:7+5", "3:6+7"]),
    ("a: &x b # c\nd: *x # e\n", ["1:9+3", "2:7+3"]),
    ("a: &x |\n  # text\nb: *x # e\n", ["3:7+3"]),
    ("\u{FEFF}# one\r\na: größe # zwei\r\n", ["!1:1+5", "2:10+6"]),
    ("a: |\r\n  # text\r\n# tail\r\n", ["!3:1+6"]),
    ("a: b\r# one\rc: d # two\r", ["!2:1+5", "3:6+5"]),
    ("%YAML 1.2\n---\na: b # one\n", ["3:6+5"]),
    ("{\"a\": \"\\ud83d\\ude00 # x\"}", []),
    ("{\"a\": \"# no\"}", []),
  ]

  @Test(arguments: cases.indices)
  func `comments are what begins outside all text`(index: Int) throws {
    let (text, comments) = Self.cases[index]
    let parsed = DocumentReader.parse(text, file: "f")
    let tree = try #require(parsed.tree, "\(parsed.findings)")
    let found = tree.comments(in: Array(text.utf8)).map { comment in
      (comment.isAlone ? "!" : "")
        + "\(comment.span.line):\(comment.span.column)+\(comment.span.length)"
    }
    #expect(found == comments, "\(text)")
  }

  @Test func `a comment has its text and the room in front of it`() throws {
    let text = "a: b \t # tfgraph: x é\n"
    let tree = try #require(DocumentReader.parse(text, file: "f").tree)
    let comment = try #require(tree.comments(in: Array(text.utf8)).first)
    #expect(comment.text == " tfgraph: x é")
    #expect(comment.gap == 3)
  }

  @Test func `scalars of several lines tell which`() throws {
    let text = "a: |\n  x\n\nb: 'x\n  y'\nc: d\ne: >\n  z"
    let tree = try #require(DocumentReader.parse(text, file: "f").tree)
    #expect(tree.longScalars.map(\.lines) == [1...3, 4...5, 7...8])
  }
}
