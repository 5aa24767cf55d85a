import FlowDiagnostics
import Testing

@Suite struct FindingFormatTests {
  private static let rules = RuleCatalog([
    RuleDescription(
      id: "TFG101", name: "missing-requirement", severity: .error, summary: "s", rationale: "r")
  ])

  /// Two findings in one file, one in another, and two files without.
  private static let report = FindingReport(
    [
      Finding(
        rule: "missing-requirement", message: "task 'b' requires 'x', which nothing provides",
        span: SourceSpan(file: "a.yaml", line: 9, column: 16, length: 3),
        related: [.init(span: SourceSpan(file: "a.yaml", line: 2, column: 1), message: "here")],
        notes: ["100%"], help: "provide it"),
      Finding(
        rule: "w", severity: .warning, message: "a | b",
        span: SourceSpan(file: "a.yaml", line: 1, column: 1)),
      Finding(
        rule: "i", severity: .info, message: "@team",
        span: SourceSpan(file: "b,c:d.yaml", line: 1, column: 1)),
      Finding(
        rule: "unreadable-file", message: "there is no file 'gone'",
        span: SourceSpan(file: "gone", line: 1, column: 1)),
    ], files: ["clean.yaml", "a.yaml", "gone", "b,c:d.yaml"], unreadableFiles: ["gone"])

  @Test func `short has a line for each finding`() {
    #expect(
      ShortFindingRenderer(rules: Self.rules).text(for: Self.report) == """
        a.yaml:1:1: warning[w]: a | b
        a.yaml:9:16: error[TFG101]: task 'b' requires 'x', which nothing provides
        b,c:d.yaml:1:1: info[i]: @team
        gone:1:1: error[unreadable-file]: there is no file 'gone'

        """)
    #expect(ShortFindingRenderer().text(for: FindingReport([])) == "")
  }

  @Test func `github has a command for each finding`() {
    #expect(
      GitHubFindingRenderer(rules: Self.rules).text(for: Self.report) == """
        ::warning file=a.yaml,line=1,col=1,endLine=1,endColumn=2,title=w::a | b
        ::error file=a.yaml,line=9,col=16,endLine=9,endColumn=19,title=TFG101 missing-requirement\
        ::task 'b' requires 'x', which nothing provides%0Anote: 100%25%0Ahelp: provide it\
        %0Aa.yaml:2:1: here
        ::notice file=b%2Cc%3Ad.yaml,line=1,col=1,endLine=1,endColumn=2,title=i::@team
        ::error file=gone,line=1,col=1,endLine=1,endColumn=2,title=unreadable-file\
        ::there is no file 'gone'
        2 errors, 1 warning, 1 info in 3 of 4 files

        """)
    #expect(GitHubFindingRenderer().text(for: FindingReport([])) == "no findings\n")
  }

  @Test func `github is given paths as it has them in a change`() {
    let span = SourceSpan(file: "./flows/a.yaml", line: 1, column: 1)
    let report = FindingReport([Finding(rule: "r", message: "m", span: span)])
    let text = GitHubFindingRenderer().text(for: report)
    #expect(text.hasPrefix("::error file=flows/a.yaml,line=1,"))
  }

  @Test func `junit has a suite for each file and a test for each rule`() {
    #expect(
      JUnitFindingRenderer(rules: Self.rules).text(for: Self.report) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="tfgraph lint" tests="5" failures="1" errors="1">
          <testsuite name="a.yaml" tests="2" failures="1" errors="0" skipped="0">
            <testcase classname="a.yaml" name="TFG101 missing-requirement" file="a.yaml" line="9">
              <failure message="task &#39;b&#39; requires &#39;x&#39;, which nothing provides" \
        type="error">a.yaml:9:16: error: task 'b' requires 'x', which nothing provides
          note: 100%
          help: provide it
          a.yaml:2:1: here</failure>
            </testcase>
            <testcase classname="a.yaml" name="w" file="a.yaml" line="1">
              <system-out>a.yaml:1:1: warning: a | b</system-out>
            </testcase>
          </testsuite>
          <testsuite name="b,c:d.yaml" tests="1" failures="0" errors="0" skipped="0">
            <testcase classname="b,c:d.yaml" name="i" file="b,c:d.yaml" line="1">
              <system-out>b,c:d.yaml:1:1: info: @team</system-out>
            </testcase>
          </testsuite>
          <testsuite name="clean.yaml" tests="1" failures="0" errors="0" skipped="0">
            <testcase classname="clean.yaml" name="no findings" file="clean.yaml"/>
          </testsuite>
          <testsuite name="gone" tests="1" failures="0" errors="1" skipped="0">
            <testcase classname="gone" name="unreadable-file" file="gone" line="1">
              <error message="there is no file &#39;gone&#39;" type="error">gone:1:1: error: \
        there is no file 'gone'</error>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test(arguments: [(nil, 0), (.error, 1), (.warning, 2), (.info, 3)] as [(Severity?, Int)])
  func `a junit test fails from a severity on`(failsAt: Severity?, count: Int) {
    let text = JUnitFindingRenderer(failsAt: failsAt).text(for: Self.report)
    #expect(text.split(separator: "<failure ").count - 1 == count)
    #expect(text.contains("tests=\"5\" failures=\"\(count)\" errors=\"1\""))
  }

  @Test func `markdown has a table for each file with findings`() {
    #expect(
      MarkdownFindingRenderer(rules: Self.rules).text(for: Self.report) == #"""
        ### tfgraph lint: 2 errors, 1 warning, 1 info in 3 of 4 files

        `a.yaml`

        | place | severity | rule | finding |
        |---|---|---|---|
        | 1:1 | warning | w | a \| b |
        | 9:16 | **error** | TFG101 missing-requirement | task 'b' requires 'x', which nothing provides<br>note: 100%<br>help: provide it<br>a.yaml:2:1: here |

        `b,c:d.yaml`

        | place | severity | rule | finding |
        |---|---|---|---|
        | 1:1 | info | i | @<!-- -->team |

        `gone`

        | place | severity | rule | finding |
        |---|---|---|---|
        | 1:1 | **error** | unreadable-file | there is no file 'gone' |

        """#)
    let clean = FindingReport([], files: ["a", "b"])
    #expect(
      MarkdownFindingRenderer().text(for: clean) == "### tfgraph lint: no findings in 2 files\n")
  }

  @Test func `markdown keeps to the room of a comment, and counts what has none`() throws {
    let findings = (1...5_000).map {
      Finding(
        rule: "r", message: "finding", span: SourceSpan(file: "f", line: $0, column: 1))
    }
    let text = MarkdownFindingRenderer().text(for: FindingReport(findings))
    #expect(text.utf8.count < 65_000)
    let rows = text.split(separator: "\n").count { $0.hasSuffix("| finding |") } - 1
    #expect(text.hasSuffix("\nand \(5_000 - rows) more, for which there is no room here\n"))
    #expect(rows > 1_000)
  }

  @Test func `the same findings in another order, or twice, give the same bytes`() {
    let findings = Self.report.findings
    let other = FindingReport(
      findings.reversed() + findings, files: Self.report.files.reversed() + ["gone"],
      unreadableFiles: ["gone"])
    for (name, text) in Self.formats {
      #expect(text(Self.report) == text(other), "\(name)")
    }
  }

  private static let formats: [(name: String, text: @Sendable (FindingReport) -> String)] = [
    ("short", { ShortFindingRenderer(rules: rules).text(for: $0) }),
    ("github", { GitHubFindingRenderer(rules: rules).text(for: $0) }),
    ("junit", { JUnitFindingRenderer(rules: rules).text(for: $0) }),
    ("markdown", { MarkdownFindingRenderer(rules: rules).text(for: $0) }),
    ("json", { JSONFindingRenderer(rules: rules).text(for: $0.findings) }),
    ("text", { TextFindingRenderer(rules: rules).text(for: $0) }),
    ("colored", { TextFindingRenderer(isColored: true, rules: rules).text(for: $0) }),
  ]

  static let hostileTexts = [
    "\u{1B}[2J\u{7}\u{9B}31m", "\u{202E}x\u{2066}\u{200B}", "\r\n::error::x\n::stop-commands::y",
    "]]></failure><x a=\"'&", "\u{0}\u{8}\u{B}\u{FFFE}\u{FFFF}", "| `a` ``` | <b> [x](y) @team #1",
    "%0A%3A%2C", "\u{2028}\u{2029}\u{85}", "\"\\", "-->\n--- \n# x", "",
    String(repeating: "`|", count: 5_000),
  ]

  // By number: a service that reads the log of the tests would obey some of them.
  @Test(arguments: hostileTexts.indices)
  func `no text gets out of its place`(number: Int) {
    let text = Self.hostileTexts[number]
    let span = SourceSpan(file: "f\(text)", line: 1, column: 1)
    let report = FindingReport(
      [
        Finding(
          rule: "r\(text)", message: text, span: span,
          related: [.init(span: span, message: text)], notes: [text], help: text,
          fix: Fix(text, isSafe: true, edits: [Fix.Edit(span, replacement: text)]))
      ], files: [span.file])
    let shapes = Self.formats.filter { $0.name != "colored" }.map { name, write in
      let shown = write(report)
      #expect(!Self.hasHazards(shown), "\(name)")
      return "\(name): \(shown.split(separator: "\n", omittingEmptySubsequences: false).count)"
    }
    #expect(
      shapes == ["short: 2", "github: 3", "junit: 12", "markdown: 8", "json: 8", "text: 9"])
    Self.expectShape(of: report)
  }

  private static func expectShape(of report: FindingReport) {
    let github = GitHubFindingRenderer().text(for: report).split(separator: "\n")
    #expect(github.count { $0.hasPrefix("::") } == 1)
    #expect(github[0].split(separator: "::", maxSplits: 1)[0].contains(",line=1,col=1,"))
    let junit = JUnitFindingRenderer().text(for: report)
    #expect(junit.count { $0 == "<" } == 9)
    let row = MarkdownFindingRenderer().text(for: report).split(separator: "\n").last ?? ""
    #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 5)
  }

  /// Whether a terminal would obey or hide any of it, or XML may not have it.
  private static func hasHazards(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      if scalar == "\n" { return false }
      if (0x7F...0x9F).contains(scalar.value) || scalar.value < 0x20 { return true }
      switch scalar.properties.generalCategory {
      case .format, .lineSeparator, .paragraphSeparator: return true
      default: return (0xFFFE...0xFFFF).contains(scalar.value)
      }
    }
  }
}
