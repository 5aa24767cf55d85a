import FlowDiagnostics
import FlowLint
import Testing

@Suite struct LintConfigurationTests {
  private func read(_ text: String) -> LintConfiguration.Reading {
    LintConfiguration.read(bytes: Array(text.utf8), path: ".tfgraph.yaml")
  }

  @Test func `all keys are read`() {
    let reading = read(
      """
      select: [TFG3, no-timeout]
      ignore: [TFG207]
      severities: { TFG4: warning, empty-flow: off }
      per-file:
        "legacy/**": [TFG4]
      fail-on: warning
      require-reason: true
      """)
    #expect(reading.findings == [])
    let configuration = reading.configuration
    #expect(configuration.select?.map(\.text) == ["TFG3", "no-timeout"])
    #expect(configuration.ignore.map(\.text) == ["TFG207"])
    #expect(configuration.severities.map(\.severity) == [.warning, nil])
    #expect(configuration.perFile.map(\.files.text) == ["legacy/**"])
    #expect(configuration.failOn == .warning)
    #expect(configuration.requireReason == true)
  }

  @Test(arguments: ["", "# nothing\n\n  # at all\n", "\n"])
  func `a file of nothing configures nothing`(text: String) {
    #expect(read(text).findings == [])
    #expect(read(text).configuration.select == nil)
  }

  @Test(arguments: [
    ("selct: [TFG4]", "1:1 unknown-key: did you mean 'select'?"),
    (
      "rules: [TFG4]",
      "1:1 unknown-key: it can have 'select', 'ignore', 'severities', 'per-file', 'fail-on', "
        + "'require-reason'"
    ),
    ("ignore: [no-timeot]", "1:10 unknown-rule: did you mean 'no-timeout'?"),
    ("ignore: [TFG777]", "1:10 unknown-rule: 'tfgraph rules' lists them"),
    ("ignore: TFG4", "1:9 wrong-value: write '[TFG301, no-timeout]'"),
    ("ignore: [missing-requirement]", "1:10 wrong-value: remove it"),
    ("per-file: { x: [TFG101] }", "1:17 wrong-value: remove it"),
    ("severities: { TFG101: warning }", "1:15 wrong-value: remove it"),
    ("severities: { TFG401: fatal }", "1:23 wrong-value: "),
    ("severities: [TFG401]", "1:13 wrong-value: "),
    ("fail-on: 3", "1:10 wrong-value: "), ("require-reason: no", "1:17 wrong-value: "),
    ("- select", "1:1 wrong-value: "),
    ("select: [TFG4]\nselect: [TFG2]", "2:1 duplicate-key: remove one of the two"),
    ("select: [", "1:10 yaml-syntax: "),
  ])
  func `each mistake is told at its place`(text: String, expected: String) {
    let findings = read(text).findings
    #expect(findings.count == 1)
    #expect(findings.allSatisfy { $0.severity == .error })
    let told = findings.map {
      "\($0.span.line):\($0.span.column) \($0.rule): \($0.help ?? "")"
    }
    #expect(
      told.contains { expected.hasSuffix(": ") ? $0.hasPrefix(expected) : $0 == expected },
      "\(told)")
  }

  @Test func `severities of errors that keep flows from being run may say so`() {
    #expect(read("severities: { TFG101: error }").findings == [])
  }

  // MARK: Which rules are told

  private let rule = RuleDescription(
    id: "TFG401", name: "no-timeout", severity: .info, summary: "", rationale: "")

  @Test(
    arguments: [
      ("", .info), ("select: [TFG4]", .info), ("select: [TFG3]", nil), ("ignore: [TFG]", nil),
      ("select: [TFG4]\nignore: [TFG401]", nil), ("select: [TFG401]\nignore: [TFG4]", .info),
      ("select: [no-timeout]\nignore: [TFG401]", nil), ("select: [TFG]\nignore: [TFG3]", .info),
      ("severities: { TFG: error }", .error), ("severities: { TFG401: off }", nil),
      ("severities: { no-timeout: warning, TFG4: error }", .warning),
      ("severities: { TFG4: off, TFG40: error }", .error),
      ("select: [TFG401]\nper-file: { \"*.flow.yaml\": [TFG4] }", nil),
      ("per-file: { other/: [TFG4] }", .info), ("per-file: { a/: [TFG4], b/: [TFG3] }", nil),
    ] as [(String, Severity?)])
  func `the most exact name counts, and exceptions of files always`(
    text: String, expected: Severity?
  ) {
    let reading = read(text)
    #expect(reading.findings == [])
    let resolved = reading.configuration.resolved(forFile: "a/f.flow.yaml")
    #expect(resolved.severity(of: rule, from: .info) == expected)
  }

  private let flow = """
    tfgraph: 1
    flow: deploy
    linear:
      - task: build
        requires: [x]
        run: ./build.sh "$x"
    """

  @Test func `errors that keep a flow from being run are told whatever is configured`() {
    let all = read("select: [TFG9]\nignore: [TFG]\nseverities: { TFG: off, TFG1: info }")
    #expect(all.findings == [])
    #expect(LintedText(flow, all.configuration).found == ["5 TFG101"])
    #expect(LintedText(flow, all.configuration).report.findings.map(\.severity) == [.error])
  }

  @Test(arguments: [
    ("require-reason: true", ["4 TFG903", "5 TFG401"]), ("require-reason: false", []),
    ("", ["4 TFG903"]), ("severities: { TFG903: off }", []),
  ])
  func `reasons are asked for, required or not`(text: String, expected: [String]) {
    let flow = """
      tfgraph: 1
      flow: deploy
      linear:
        # tfgraph: allow[TFG401]
        - task: build
          run: ./build.sh
      """
    #expect(LintedText(flow, read(text).configuration).found == expected)
  }
}

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("*.flow.yaml", "a.flow.yaml", true), ("*.flow.yaml", "x/y/a.flow.yaml", true),
    ("a.flow.yaml", "ba.flow.yaml", false), ("/a", "x/a", false), ("/a", "a", true),
    ("x/*.yaml", "x/a.yaml", true), ("x/*.yaml", "x/y/a.yaml", false),
    ("./x/*.yaml", "x/a.yaml", true), ("x/**/a", "x/a", true), ("x/**/a", "x/y/z/a", true),
    ("x/**/a", "x/ya", false), ("x/**", "x/y/z", true), ("x/**", "xy", false),
    ("x/", "x/y/z", true), ("x/", "y/x/z", false), ("**/x/", "y/x/z", true), ("a?c", "abc", true),
    ("a?c", "a/c", false), ("a?c", "ac", false), ("*", "anything", true), ("é*", "éa", true),
    ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false),
    ("../flows/*", "../flows/a", true), ("a.c", "abc", false),
  ])
  func `a pattern means the files that it says`(pattern: String, path: String, expected: Bool) {
    #expect(PathPattern(pattern).matches(path) == expected)
  }

  @Test(.timeLimit(.minutes(1))) func `many stars take no more time`() {
    let pattern = PathPattern(String(repeating: "*a", count: 100) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 2_000)))
  }
}
