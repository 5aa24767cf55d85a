import FlowDiagnostics
import TaskFlow
import Testing

@testable import FlowLint

@Suite struct FixingTests {
  private func fixed(_ text: String, _ safety: Linter.FixSafety = .safe) -> String {
    let file = Linter().fixing(Array(text.utf8), path: "f.flow.yaml", safety)
    return String(decoding: file.bytes, as: UTF8.self)
  }

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func `comments that allow nothing go, and all else stays`(lineEnd: String, mark: String) {
    let text = [
      "# first", "tfgraph: 1", "flow: deploy", "linear:",
      "  # tfgraph: allow[TFG401] it is quick", "  # for people",
      "  - task: build # tfgraph: allow[no-timeout, TFG207] why", "    timeout: 1m",
      "    run: ./build.sh \t # größe", "  - task: push # tfgraph: allow[TFG207, TFG401] slow",
      "    run: ./push.sh", "",
    ]
    var expected = text
    expected[9] = "  - task: push # tfgraph: allow[TFG401] slow"
    expected[6] = "  - task: build"
    expected.remove(at: 4)
    #expect(
      fixed(mark + text.joined(separator: lineEnd))
        == mark + expected.joined(separator: lineEnd))
  }

  @Test func `the last line goes as well`() {
    let text =
      "tfgraph: 1\nflow: x\nlinear:\n  - task: a\n    wait: 1s\n# tfgraph: allow-file[TFG207] x"
    #expect(fixed(text) == "tfgraph: 1\nflow: x\nlinear:\n  - task: a\n    wait: 1s\n")
  }

  @Test func `what may change the meaning is fixed only when that is asked for`() {
    let text = """
      tfgraph: 1
      flow: deploy
      linear:
        - task: build # tfgraph: allow[no-timeot] why
          run: |
            # tfgraph: allow[TFG207] no
            ./build.sh
      """
    #expect(fixed(text) == text)
    let expected = text.replacing("no-timeot", with: "no-timeout")
      .replacing("      # tfgraph: allow[TFG207] no\n", with: "")
    #expect(fixed(text, .any) == expected)
  }

  /// A rule whose fix replaces the name of each flow without tasks.
  private func rule(replacing replacement: String) -> LintRule {
    LintRule(
      "TFG207", "empty-flow", .warning, finds: "", because: "", examples: [],
      check: .plan { subject, reporter in
        for flow in subject.plan.flows where flow.name != "done" {
          let span = subject.plan.span(of: flow.start)
          reporter.report(
            "x", at: span,
            fix: Fix("x", isSafe: true, edits: [Fix.Edit(span, replacement: replacement)]))
        }
      })
  }

  private let flow = "tfgraph: 1\nflow: a\nlinear:\n  - task: t\n    wait: 1s\n"

  @Test func `fixes are made until there are none`() {
    let linter = Linter(rules: [rule(replacing: "done")])
    let file = linter.fixing(Array(flow.utf8), path: "f", .safe)
    #expect(String(decoding: file.bytes, as: UTF8.self) == flow.replacing("a\n", with: "done\n"))
    #expect(file.report.findings == [])
    #expect(file.fixCount == 1)
  }

  @Test func `fixes that never end come to an end`() {
    let linter = Linter(rules: [rule(replacing: "b")])
    let file = linter.fixing(Array(flow.utf8), path: "f", .safe)
    #expect(String(decoding: file.bytes, as: UTF8.self) == flow.replacing("a\n", with: "b\n"))
    #expect(file.report.findings.count == 1)
    let growing = Linter(rules: [rule(replacing: "x-x")])
    #expect(growing.fixing(Array(flow.utf8), path: "f", .safe).fixCount <= 20)
  }

  @Test(arguments: ["[", "a: b", "t", "\"", "1 2"])
  func `a fix that breaks the file is not made, and told`(replacement: String) {
    let linter = Linter(rules: [rule(replacing: replacement)])
    let file = linter.fixing(Array(flow.utf8), path: "f", .safe)
    #expect(file.broken == Linter.BrokenFix(path: "f", rules: ["empty-flow"]))
    #expect(file.bytes == Array(flow.utf8))
    #expect(file.report.findings.count == 1)
    #expect(file.fixCount == 0)
  }

  @Test func `the other rules fix what they can`() {
    let quoting = LintRule.all.filter { $0.name == "ambiguous-scalar" }
    let text = flow + "  - { task: u, run: x, env: { V: no } }\n"
    let file = Linter(rules: [rule(replacing: "[")] + quoting)
      .fixing(Array(text.utf8), path: "f", .safe)
    #expect(String(decoding: file.bytes, as: UTF8.self) == text.replacing(" no ", with: " 'no' "))
    #expect(file.broken?.rules == ["empty-flow"])
    #expect(file.fixCount == 1)
  }

  @Test(arguments: LintRule.all.map(\.name))
  func `fixes of a rule's examples leave flows that can be run, and nothing more to fix`(
    name: String
  ) {
    for rule in LintRule.all where rule.name == name {
      for example in rule.examples {
        let once = Linter().fixing(Array(example.text.utf8), path: "f", .safe)
        let twice = Linter().fixing(once.bytes, path: "f", .safe)
        #expect(once.bytes == twice.bytes)
        #expect(twice.fixCount == 0)
      }
    }
  }
}
