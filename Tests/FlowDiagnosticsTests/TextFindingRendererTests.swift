import FlowDiagnostics
import Testing

@Suite struct TextFindingRendererTests {
  let source = """
    flow: deploy
    linear:
      - task: build
        provides: digest
      - task: canary
        requires: [digset]
    """

  private func span(_ line: Int, _ column: Int, _ length: Int) -> SourceSpan {
    SourceSpan(file: "deploy.flow.yaml", line: line, column: column, length: length)
  }

  private func text(_ findings: [Finding], _ source: String? = nil, width: Int = 80) -> String {
    TextFindingRenderer(sources: ["deploy.flow.yaml": source ?? self.source], width: width)
      .text(for: findings)
  }

  @Test func `a finding shows its place, its line, notes and help`() {
    let finding = Finding(
      rule: "missing-requirement", message: "missing requirement 'digset' of task 'canary'",
      span: span(6, 16, 6), notes: ["nothing provides it"],
      help: "did you mean 'digest', provided by task 'build'?")
    #expect(
      text([finding]) == """
        error: missing requirement 'digset' of task 'canary' [missing-requirement]
         --> deploy.flow.yaml:6:16
          |
        6 |     requires: [digset]
          |                ^^^^^^
          = note: nothing provides it
          = help: did you mean 'digest', provided by task 'build'?

        1 error

        """)
  }

  @Test func `related places have excerpts of their own in the same margin`() {
    let source = "a: 1\n" + String(repeating: "\n", count: 9) + "a: 2\n"
    let finding = Finding(
      rule: "duplicate-key", message: "duplicate key 'a'", span: span(11, 1, 1),
      related: [Finding.Related(span: span(1, 1, 1), message: "it is first given here")],
      help: "remove one of the two")
    #expect(
      text([finding], source) == """
        error: duplicate key 'a' [duplicate-key]
          --> deploy.flow.yaml:11:1
           |
        11 | a: 2
           | ^
           = help: remove one of the two
        note: it is first given here
          --> deploy.flow.yaml:1:1
           |
        1  | a: 1
           | -

        1 error

        """)
  }

  @Test func `findings are sorted, equal ones shown once, and counted`() {
    let first = Finding(rule: "a", message: "first", span: span(1, 1, 4))
    let second = Finding(rule: "b", severity: .warning, message: "second", span: span(2, 1, 6))
    let third = Finding(rule: "c", message: "third", span: span(3, 5, 4))
    let forwards = text([first, second, third])
    #expect(forwards == text([third, second, first, second, first]))
    #expect(forwards.hasSuffix("\n\n2 errors, 1 warning\n"))
  }

  @Test func `no findings are said so`() {
    #expect(text([]) == "no findings\n")
    #expect(FindingCount([]).description == "no findings")
  }

  @Test func `a file without text has no excerpt`() {
    let finding = Finding(
      rule: "a", message: "m", span: SourceSpan(file: "Demo/Flow.swift", line: 7, column: 1),
      help: "h")
    let expected = "error: m [a]\n --> Demo/Flow.swift:7:1\n  = help: h\n\n1 error\n"
    #expect(text([finding]) == expected)
    #expect(
      text([Finding(rule: "a", message: "m", span: span(99, 1, 1))])
        == "error: m [a]\n  --> deploy.flow.yaml:99:1\n\n1 error\n")
  }

  @Test(arguments: [
    // Source, column, length, line shown, underline.
    ("\tkey: value", 2, 3, "    key: value", "    ^^^"),
    ("a\tb", 2, 1, "a    b", " ^^^^"),
    ("名前: 値段", 5, 2, "名前: 値段", "      ^^^^"),
    ("😀: x", 4, 1, "😀: x", "    ^"),
    ("e\u{301}: x", 5, 1, "e\u{301}: x", "   ^"),
    ("a\u{202E}b: x", 3, 1, "a\\u{202E}b: x", "         ^"),
    ("a\u{200B}b", 2, 1, "a\\u{200B}b", " ^^^^^^^^"),
    ("a: \u{1B}[31mred", 4, 6, "a: \\u{1B}[31mred", "   ^^^^^^^^^^^"),
    ("short", 6, 1, "short", "     ^"),
    ("short", 60, 9, "short", "     ^"),
    ("", 1, 1, "", "^"),
  ])
  func `carets stand under what they mean`(
    source: String, column: Int, length: Int, line: String, underline: String
  ) {
    let shown = text([Finding(rule: "a", message: "m", span: span(1, column, length))], source)
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[3] == (line.isEmpty ? "1 |" : "1 | \(line)"))
    #expect(lines[4] == "  | \(underline)")
  }

  @Test func `a long line is cut around the caret to the width`() {
    let source = (0..<100_000).map { "w\($0)" }.joined(separator: " ")
    for column in [1, 40, 90, 5000, 600_000, source.count] {
      let finding = Finding(rule: "a", message: "m", span: span(1, column, 300))
      let lines = text([finding], source).split(separator: "\n")
      #expect(lines[3].count <= 80)
      #expect(lines[4].count <= 80)
      let caret = lines[4].firstIndex(of: "^").map {
        lines[4].distance(from: lines[4].startIndex, to: $0)
      }
      let expected = Array(source.unicodeScalars)[column - 1]
      let at = caret.map { Array(lines[3].unicodeScalars)[$0] }
      #expect(at == expected || expected == " ")
    }
  }

  @Test func `a cut line says so at both ends`() {
    let source = String(repeating: "a", count: 200)
    let lines = text([Finding(rule: "a", message: "m", span: span(1, 100, 3))], source, width: 44)
      .split(separator: "\n")
    #expect(lines[3] == "1 | …\(String(repeating: "a", count: 38))…")
    #expect(lines[4].contains(" ^^^"))
  }

  @Test func `nothing that a user wrote reaches the terminal as it is`() {
    let bad = "x\u{1B}[2J\u{7}\u{9B}31m\u{202E}\u{200D}\u{2028}\r\n\u{E0041}"
    let finding = Finding(
      rule: bad, message: bad, span: SourceSpan(file: bad, line: 1, column: 1, length: 99),
      related: [.init(span: SourceSpan(file: bad, line: 1, column: 2), message: bad)],
      notes: [bad], help: bad)
    let shown = TextFindingRenderer(sources: [bad: bad]).text(for: [finding])
    let hazards = shown.unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || $0.properties.generalCategory == .format)
        || (0x7F...0x9F).contains($0.value) || $0 == "\u{2028}"
    }
    #expect(hazards.isEmpty)
    #expect(shown.split(separator: "\n", omittingEmptySubsequences: false).count == 15)
  }

  @Test func `on a terminal sentences go on below their first word`() {
    let finding = Finding(
      rule: "missing-requirement",
      message: "task 'canary' requires 'digset', which nothing provides before it",
      span: SourceSpan(file: "gone", line: 10, column: 1),
      related: [.init(span: span(1, 1, 4), message: "a sentence that is wider than the terminal")],
      notes: ["one two three four five six seven eight nine ten", "short"],
      help: "averyveryveryveryveryverylongword and another")
    let renderer = TextFindingRenderer(width: 40, isWrapped: true)
    #expect(
      renderer.text(for: [finding]) == """
        error: task 'canary' requires 'digset',
               which nothing provides before it
               [missing-requirement]
          --> gone:10:1
           = note: one two three four five six
                   seven eight nine ten
           = note: short
           = help: averyveryveryveryveryverylongword
                   and another
        note: a sentence that is wider than the
              terminal
          --> deploy.flow.yaml:1:1

        1 error

        """)
    let colored = TextFindingRenderer(width: 40, isColored: true, isWrapped: true)
      .text(for: [finding])
    #expect(
      colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == renderer.text(for: [finding]))
  }

  @Test func `of several files it is told how many have findings`() {
    let finding = Finding(rule: "a", message: "m", span: span(1, 1, 1))
    let report = FindingReport([finding], files: ["x", "deploy.flow.yaml", "y"])
    #expect(TextFindingRenderer().text(for: report).hasSuffix("\n1 error in 1 of 3 files\n"))
    let clean = FindingReport([], files: ["x", "y"])
    #expect(TextFindingRenderer().text(for: clean) == "no findings in 2 files\n")
  }

  @Test func `colours are added on request only and change nothing else`() {
    let finding = Finding(
      rule: "a", message: "m", span: span(1, 1, 4),
      related: [.init(span: span(2, 1, 6), message: "r")],
      help: "h")
    let plain = text([finding])
    let colored = TextFindingRenderer(
      sources: ["deploy.flow.yaml": source], width: 80, isColored: true
    ).text(for: [finding])
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.hasPrefix("\u{1B}[1;31merror\u{1B}[0m"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }
}
