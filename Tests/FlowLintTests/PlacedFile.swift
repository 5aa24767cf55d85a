import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

/// A file, and the piece of it that a rule reports: what is between ⟦ and ⟧.
struct PlacedFile: CustomTestStringConvertible {
  let name: String
  let rule: String
  let text: String
  let piece: String
  /// The line of the piece, from 1.
  let line: Int

  var testDescription: String { name }

  private init(_ name: String, rule: String = "missing-file", _ marked: String) {
    self.name = name
    self.rule = rule
    text = marked.replacing("⟦", with: "").replacing("⟧", with: "")
    let parts = marked.split(separator: "⟦", maxSplits: 1, omittingEmptySubsequences: false)
    piece = String(parts[1].prefix { $0 != "⟧" })
    line = parts[0].count { $0 == "\n" } + 1
  }

  /// A file whose one task runs what is written so.
  private static func run(_ name: String, _ scalar: String, after anchors: String = "")
    -> PlacedFile
  {
    PlacedFile(
      name,
      """
      tfgraph: 1
      flow: places
      \(anchors)linear:
        - task: one
          timeout: 1m
          run: \(scalar)
        - task: two
          wait: 1s

      """)
  }

  static let all: [PlacedFile] = blocks + lines + flowStyle + aliases + wide + json + others

  private static let blocks = [
    run("literal", "|\n      echo a\n        ⟦./gone.sh⟧ b\n"),
    run("literal with indicators", "|2-   # a comment\n         ⟦./gone.sh⟧ b\n"),
    run("literal after blank lines", "|+\n\n\n      echo\n\n      ⟦./gone.sh⟧\n\n"),
    run("literal with tabs", "|\n      echo a\n      \t⟦./gone.sh⟧\tb\n"),
    run("anchored literal", "&a |\n      echo a\n      ⟦./gone.sh⟧\n"),
    run("folded", ">\n      echo a &&\n      echo b &&\n      ⟦./gone.sh⟧ c\n"),
    run("folded and stripped", ">-  # a comment\n      ⟦./gone.sh⟧ c\n      d\n"),
    run(
      "folded with paragraphs", ">\n\n      echo a\n      b\n\n\n      ⟦./gone.sh⟧ c\n\n      d\n"),
    run(
      "folded with deeper lines",
      ">\n      if a\n        b; then\n\n        ⟦./gone.sh⟧\n      fi\n"),
    run("folded with tabs", ">\n      echo\ta\t\n      \t⟦./gone.sh⟧\n"),
  ]

  private static let lines = [
    run("plain", "⟦./gone.sh⟧ a"),
    run("plain in two lines", "echo a &&\n      ⟦./gone.sh⟧ b"),
    run("plain with blank lines", "true\n\n\n      ⟦./gone.sh⟧ b\n      c"),
    run("anchored plain", "&a ⟦./gone.sh⟧ a"),
    run("anchored plain in two lines", "&a true &&\n      ⟦./gone.sh⟧ b"),
    run("single quotes", "'⟦./gone.sh⟧ a'"),
    run("single quotes in quotes", "'echo ''a'' ''b'' && ⟦./gone.sh⟧'"),
    run("single quotes in two lines", "'echo ''a'' &&\n\n      ⟦./gone.sh⟧   b'"),
    run("double quotes", "\"⟦./gone.sh⟧ a\""),
    run("escapes before", "\"echo \\\"a\\\" \\x41 \\u00e9 \\U0001f600\\t\\n⟦./gone.sh⟧\""),
    run("escapes inside", "\"true && ⟦./\\x67one\\u002esh⟧ a\""),
    run("double quotes in two lines", "\"echo \\\"a\\\" &&  \n      ⟦./gone.sh⟧ b\""),
    run("escaped line ends", "\"echo a\\\n      \\ \\\n      b; \\\n      ⟦./gone.sh⟧\""),
    run("escaped white space", "\"true;\n      \\t \\n⟦./gone.sh⟧\""),
    run("anchored double quotes", "&a \"\\ttrue; ⟦./gone.sh⟧\""),
  ]

  private static let flowStyle = [
    PlacedFile(
      "in braces",
      "tfgraph: 1\nflow: places\nlinear: [{ task: one, run: ⟦./gone.sh⟧, timeout: 1m }]\n"),
    PlacedFile(
      "in braces over lines",
      """
      { tfgraph: 1, flow: places, linear: [
        { task: one, run: 'true;
            ⟦./gone.sh⟧ a', timeout: 1m } ] }
      """),
    PlacedFile(
      "a list of words",
      "tfgraph: 1\nflow: places\nlinear:\n  - task: one\n    exec: [⟦./gone.sh⟧, 'b c']\n"),
    PlacedFile(
      "a key in braces", rule: "unknown-key",
      "tfgraph: 1\nflow: places\nlinear: [{ task: one, run: true, ⟦timeuot⟧: 1m }]\n"),
  ]

  private static let aliases = [
    run("an alias", "⟦*script⟧", after: "env: { SCRIPT: &script './gone.sh a' }\n"),
    PlacedFile(
      "inside what an alias stands for",
      """
      tfgraph: 1
      flow: places
      linear:
        - task: one
          run: echo a
          revert: &undo { run: 'true && ⟦./gone.sh⟧' }
        - task: two
          run: echo b
          revert: *undo

      """),
  ]

  private static let wide = [
    run("ideographs", "echo 名前 値段 && ⟦./gone.sh⟧"),
    run("emoji", "|\n      echo 😀 👩‍👩‍👧‍👦 🇩🇪 && ⟦./gone.sh⟧ 😀\n"),
    run("combining marks", ">\n      echo e\u{301} n\u{303}a &&\n      e\u{301}; ⟦./gone.sh⟧\n"),
    run("wide letters inside", "echo && ⟦./名前/é/e\u{301}.sh⟧ a"),
    run("wide letters and escapes", "\"echo 名 \\u540d; ⟦./gone.sh⟧\""),
    run("a tab in front", "true;\t⟦./gone.sh⟧"),
  ]

  private static let json = [
    PlacedFile(
      "JSON", #"{"tfgraph":1,"flow":"places","linear":[{"task":"one","run":"⟦./gone.sh⟧ a"}]}"#),
    PlacedFile(
      "JSON over lines",
      "{\n\t\"tfgraph\": 1,\n\t\"flow\": \"places\",\n\t\"linear\": [\n\t\t{\n\t\t\t\"task\": \"one\",\n"
        + "\t\t\t\"run\": \"echo \\\"a\\\"\\n\\t⟦./gone.sh⟧ a\\n\"\n\t\t}\n\t]\n}\n"),
    PlacedFile(
      "JSON with surrogate pairs",
      #"{"tfgraph":1,"flow":"places","linear":[{"task":"one","description":"\ud83d\ude00","#
        + #""run":"echo \ud83d\ude00 \/ \u00e9; ⟦./gone.sh⟧ a"}]}"#),
    PlacedFile(
      "a key in JSON", rule: "unknown-key",
      #"{"tfgraph":1,"flow":"places","linear":[{"task":"one","run":"a 名","⟦"timeuot"⟧":1}]}"#
        .replacing("\"⟦\"", with: "⟦\"").replacing("\"⟧\"", with: "\"⟧")),
  ]

  private static let others = [
    PlacedFile(
      "an expression in folded lines", rule: "missing-requirement",
      "tfgraph: 1\nflow: places\nlinear:\n  - task: one\n    set:\n      a: >-\n        ${{ 1 > 2 ||\n"
        + "        ⟦gone⟧ }}\n"),
    PlacedFile(
      "an expression behind escapes", rule: "missing-requirement",
      "tfgraph: 1\nflow: places\nlinear:\n  - task: one\n    set: { a: \"\\t${{ ⟦gone⟧ }}\" }\n"),
    PlacedFile(
      "a secret in two lines", rule: "secret-in-arguments",
      "tfgraph: 1\nflow: places\nsecrets: [TOKEN]\nlinear:\n  - task: one\n    secrets: [TOKEN]\n"
        + "    run: >-\n      curl a\n      ⟦\"-H$TOKEN\"⟧\n"),
    PlacedFile(
      "a hidden character", rule: "confusable-name",
      "tfgraph: 1\nflow: places\nlinear:\n  - task: one\n    run: |\n      echo 名 é\t#⟦\u{202E}⟧ a\n"
    ),
  ]

  // MARK: Findings

  /// What its rule reports.
  func findings(in bytes: [UInt8]) -> [Finding] {
    let linter = Linter(
      surroundings: LintSurroundings(fileState: { _ in .absent }, shellFindings: { _, _ in [] }))
    let reading = FlowDocument.read(bytes: bytes, path: "places.flow.yaml")
    var seen: Set<SourceSpan> = []
    return linter.lint(reading).findings.filter { $0.rule == rule && seen.insert($0.span).inserted }
  }

  /// What a file has at a place.
  static func piece(at span: SourceSpan, in bytes: [UInt8]) -> String? {
    var text = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    if text.first == "\u{FEFF}" { text.removeFirst() }
    var lines: [[Unicode.Scalar]] = [[]]
    var last: Unicode.Scalar?
    for scalar in text {
      if scalar == "\n", last == "\r" {
      } else if scalar == "\n" || scalar == "\r" {
        lines.append([])
      } else {
        lines[lines.count - 1].append(scalar)
      }
      last = scalar
    }
    guard span.line <= lines.count else { return nil }
    let piece = lines[span.line - 1].dropFirst(span.column - 1).prefix(span.length)
    return String(String.UnicodeScalarView(piece))
  }

  // MARK: Pictures

  /// The piece as an excerpt has it.
  var shownPiece: String {
    piece.replacing("\t", with: "    ").replacing("\u{202E}", with: "\\u{202E}")
  }

  /// What stands in some columns of a line on a terminal.
  static func text(of line: Substring, in columns: [Int]) -> String {
    var column = 0
    var text = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      let width = width(of: scalar)
      // A mark is drawn over what is in front of it.
      if columns.contains(width == 0 ? column - 1 : column) { text.append(scalar) }
      column += width
    }
    return String(text)
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300..<0x370: 0
    case 0x4E00..<0xA000, 0x1F300..<0x1FB00: 2
    default: 1
    }
  }
}
