import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow
import Testing

@Suite struct SARIFTests {
  private static var repository: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
  }

  /// The flow files of the repository, as paths in it.
  static let files: [String] = [
    "Tests/Fixtures/err", "Tests/Fixtures/ok", "Tests/Documents/err", "Tests/Documents/ok",
    "samples",
  ].flatMap { folder in
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: repository.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }

  private static func log(
    of report: FindingReport, texts: [String: String] = [:], in folder: String = "/work"
  ) -> String {
    let sources = SourceTexts(texts.mapValues { SourceText($0) })
    return SARIFFindingRenderer(
      rules: .lint, sources: sources, toolVersion: "1.2.3", workingDirectory: folder
    ).text(for: report)
  }

  private static func lint(_ text: String, path: String) -> FindingReport {
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: path)
    return FindingReport(Linter().lint(reading).findings, files: [path])
  }

  private static func expectSound(_ text: String) throws {
    let log = try JSONValue(text)
    #expect(SARIFSchema.mistakes(in: log) == [])
    #expect(SARIFRefinement(log).mistakes == [])
  }

  @Test(arguments: files)
  func `what is said of a flow file is as the schema wants it`(path: String) throws {
    let text = try String(
      contentsOf: Self.repository.appending(path: path), encoding: .utf8)
    let report = Self.lint(text, path: path)
    let log = Self.log(of: report, texts: [path: text])
    try Self.expectSound(log)
    let results = try JSONValue(log)["runs"]?.items.first?["results"]?.items
    #expect(results?.count == report.findings.count)
    if path.contains("/err/") { #expect(!report.findings.isEmpty) }
  }

  /// A report with everything in it that SARIF has a place for.
  private static func full(saying text: String, file: String) -> FindingReport {
    let span = SourceSpan(file: file, line: 3, column: 5, length: 2)
    let related = [1, 2].map {
      Finding.Related(span: SourceSpan(file: file, line: $0, column: 1), message: "\(text) \($0)")
    }
    let edits = [
      Fix.Edit(span, replacement: text),
      Fix.Edit(
        from: .init(line: 4, column: 1), to: .init(line: 6, column: 1), replacement: ""),
    ]
    let findings = [
      Finding(
        rule: "dependency-cycle", message: "cycle \(text)", span: span, related: related,
        notes: [text], help: text, fix: Fix(text, isSafe: false, edits: edits)),
      Finding(rule: "no-timeout", severity: .info, message: "slow", span: span),
      Finding(rule: text, severity: .warning, message: text, span: span),
      Finding(
        rule: "unreadable-file", message: "there is no file \(text)",
        span: SourceSpan(file: "gone", line: 1, column: 1)),
    ]
    return FindingReport(
      findings, files: [file, "gone", "clean.yaml", "./clean.yaml", "/elsewhere/x"],
      unreadableFiles: ["gone"],
      suppressed: [
        SuppressedFinding(
          Finding(rule: "empty-flow", message: text, span: span), kind: .inSource, reason: text),
        SuppressedFinding(
          Finding(rule: "empty-flow", message: "x", span: span), kind: .external),
      ])
  }

  static let texts = [
    "plain", "\"\\\u{0}\u{1B}[31m\u{7F}\u{85}\r\n\t", "[x](1) {0} {{ ]]> ::", "\u{202E}\u{2066}é名😀",
    "a b%#?&c:d", "../../x", "\u{FFFF}\u{E0041}",
  ]

  @Test(arguments: texts)
  func `any text in any place keeps the log whole`(text: String) throws {
    let log = Self.log(of: Self.full(saying: text, file: "dir/\(text)"))
    try Self.expectSound(log)
    #expect(!log.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    let result = try #require(
      try JSONValue(log)["runs"]?.items.first?["results"]?.items
        .first { $0["fixes"] != nil })
    #expect(result.values(of: "insertedContent").first?["text"]?.text == text)
    let steps = result["codeFlows"]?.items.first?["threadFlows"]?.items.first?["locations"]
    #expect(steps?.values(of: "startLine").map(\.number) == [1, 2])
    #expect(result.values(of: "deletedRegion").map { $0["endLine"]?.number } == [3, 6])
  }

  @Test func `what is not as the schema wants it is refused`() throws {
    let log = Self.log(of: Self.full(saying: "text", file: "a.yaml"))
    try Self.expectSound(log)
    let changes = [
      ("\"version\": \"2.1.0\"", "\"version\": \"2.0.0\""), ("\"tool\"", "\"tooling\""),
      ("\"level\": \"error\"", "\"level\": \"fatal\""), ("\"ruleIndex\": ", "\"ruleIndex\": 99"),
      ("\"startColumn\": 5", "\"startColumn\": 0"), ("\"endColumn\": 7", "\"endColumn\": 4"),
      ("\"uri\": \"a.yaml\"", "\"uri\": \"a b.yaml\""),
      ("\"uri\": \"a.yaml\"", "\"uri\": \"../a\""),
      ("\"index\": 0", "\"index\": 1"), ("\"suppressions\": []", "\"rank\": 1"),
      ("\"executionSuccessful\": false", "\"executionSuccessful\": 0"),
      ("\"kind\": \"inSource\"", "\"kind\": \"own\""), ("\"id\": 2", "\"id\": 1"),
      ("\"text\": \"slow\"", "\"text\": \"\""), ("%SRCROOT%\": {", "ROOT\": {"),
      ("\"replacements\": [", "\"replacements\": [], \"x\": ["),
    ]
    for (old, new) in changes {
      let range = try #require(log.range(of: old), "\(old)")
      let changed = try JSONValue(log.replacingCharacters(in: range, with: new))
      let mistakes = SARIFSchema.mistakes(in: changed) + SARIFRefinement(changed).mistakes
      #expect(!mistakes.isEmpty, "\(old) → \(new)")
    }
  }

  @Test func `the same findings in another order give the same bytes`() {
    let report = Self.full(saying: "text", file: "a.yaml")
    let other = FindingReport(
      report.findings.reversed() + report.findings, files: report.files.reversed(),
      unreadableFiles: report.unreadableFiles, suppressed: report.suppressed.reversed())
    #expect(Self.log(of: report) == Self.log(of: other))
  }

  @Test(arguments: [
    ("a 'b'", "a 'b'"), ("{0} ${{ x }}", "{{0}} ${{{{ x }}}}"), ("[a, b] (c)", "[a, b] (c)"),
    ("[x](1)", "\\[x](1)"), ("\\[x](1)", "\\\\\\[x](1)"),
  ])
  func `a message has neither placeholders nor links`(text: String, escaped: String) throws {
    let span = SourceSpan(file: "a", line: 1, column: 1)
    let report = FindingReport([Finding(rule: "r", message: text, span: span, help: "h")])
    let result = try JSONValue(Self.log(of: report))["runs"]?.items.first?["results"]?.items.first
    #expect(result?["message"]?["text"]?.text == "\(escaped)\nhelp: h")
  }

  @Test func `a file that can't be read is told of the call, and is no result`() throws {
    let run = try JSONValue(Self.log(of: Self.full(saying: "text", file: "a.yaml")))["runs"]?
      .items.first
    let call = try #require(run?["invocations"]?.items.first)
    #expect(call["executionSuccessful"] == .bool(false))
    let notification = call["toolExecutionNotifications"]?.items.first
    #expect(notification?["message"]?["text"]?.text == "there is no file text")
    let rules = run?["results"]?.items.compactMap { $0["ruleId"]?.text } ?? []
    #expect(rules.count == 5)
    #expect(!rules.contains("unreadable-file"))
  }

  @Test func `files in the working directory are relative to it, and others are absolute`() throws {
    let run = try JSONValue(Self.log(of: Self.full(saying: "text", file: "/work/a b.yaml")))[
      "runs"]?
      .items.first
    let uris = run?["artifacts"]?.items.map { $0["location"]?["uri"]?.text }
    #expect(uris == ["a%20b.yaml", "clean.yaml", "file:///elsewhere/x", "gone"])
  }
}
