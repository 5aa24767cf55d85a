import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

@Suite struct ModifierAllowTests {
  private func commands(_ name: String) -> FlowTask {
    FlowTask(
      name: name,
      action: .command(
        CommandAction(
          invocation: .program(["x"]), captures: [], environment: [], workingDirectory: nil)),
      span: SourceSpan(file: "Module/File.swift", line: name.utf8.count, column: 1))
  }

  private func found(_ flow: Flow, requiresReason: Bool? = nil) -> [String] {
    var configuration = LintConfiguration()
    configuration.requireReason = requiresReason
    return Linter(rules: LintedText.rules, configuration: configuration).lint(flow).findings.map(
      \.rule)
  }

  @Test func `a task is allowed what is found about it, and no other`() {
    let flow = Flow.linear("deploy") {
      commands("a").allowing("no-timeout", "it is quick")
      commands("bb")
    }
    let report = Linter(rules: LintedText.rules).lint(flow)
    #expect(report.findings.map(\.span.line) == [2])
    #expect(report.suppressed.map(\.finding.span.line) == [1])
    #expect(report.suppressed.map(\.reason) == ["it is quick"])
    #expect(report.suppressed.map(\.kind) == [.inSource])
  }

  @Test func `a flow is allowed what is found about all that is in it`() {
    let flow = Flow.linear("deploy") {
      Flow.linear("inner") {
        commands("a")
        Flow.unordered("innermost") { commands("bb") }
        Flow.unordered("empty") {}
      }
      .allowing("TFG4", "nobody waits").allowing("empty-flow", "it is filled later")
    }
    #expect(found(flow) == [])
    #expect(Linter(rules: LintedText.rules).lint(flow).suppressed.count == 3)
  }

  @Test func `what is not found, is no rule or has no reason is told at the modifier`() throws {
    let flow = Flow.linear("deploy") {
      commands("a").timeout(.seconds(1)).allowing("no-timeout", "it is quick")
    }
    .allowing("no-time-out", "typo").allowing("TFG207", "")
    let report = Linter(rules: LintedText.rules).lint(flow)
    #expect(
      Set(report.findings.map(\.rule)) == [
        "unused-suppression", "unknown-rule", "suppression-without-reason",
      ])
    for finding in report.findings {
      #expect(finding.span.file == #fileID)
      #expect(finding.fix == nil)
    }
    let unknown = try #require(report.findings.first { $0.rule == "unknown-rule" })
    #expect(unknown.help == "did you mean 'no-timeout'?")
  }

  @Test func `without a reason where one is required nothing is allowed`() {
    let flow = Flow.linear("deploy") { commands("a").allowing("no-timeout", "") }
    #expect(found(flow) == ["suppression-without-reason"])
    #expect(found(flow, requiresReason: false) == [])
    #expect(found(flow, requiresReason: true) == ["suppression-without-reason", "no-timeout"])
  }

  @Test func `a flow deep in others is looked through without recursion`() {
    var flow = Flow.linear("last") { commands("a") }.allowing("no-timeout", "deep")
    for depth in 0..<20_000 {
      let inner = flow
      flow = Flow.linear("f\(depth)") { inner }
    }
    #expect(found(flow) == [])
  }
}
