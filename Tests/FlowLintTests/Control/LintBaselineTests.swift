import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

@Suite struct LintBaselineTests {
  private let text = """
    tfgraph: 1
    flow: deploy
    linear:
      - task: build
        run: ./build.sh
      - flow: checks
        linear: []

    """

  private func baseline(of text: String) -> LintBaseline {
    LintBaseline(of: LintedText(text).report.findings, in: sources(text), naming: { $0 })
  }

  private func compared(_ text: String, with baseline: LintBaseline) -> LintBaseline.Comparison {
    let report = LintedText(text).report
    return baseline.comparison(
      with: report.findings, files: ["f.flow.yaml": report.judged], in: sources(text),
      naming: { $0 })
  }

  private func sources(_ text: String) -> SourceTexts {
    SourceTexts(["f.flow.yaml": SourceText(text)])
  }

  @Test func `what is in a baseline is not told, wherever its lines go`() throws {
    let baseline = baseline(of: text)
    #expect(baseline.entries.map(\.rule) == ["empty-flow", "no-timeout"])
    let moved = text.replacing("linear:\n  - task", with: "# new\n\nlinear:\n  - task")
      .replacing("linear: []", with: "linear: []\n  - task: more\n    run: x")
    let comparison = compared(moved, with: baseline)
    #expect(comparison.findings.map(LintedText.line) == ["10 TFG401"])
    #expect(comparison.known.map(\.kind) == [.external, .external])
    #expect(comparison.gone == [])
  }

  @Test func `what is not found any more is told, of files that were looked at`() {
    let baseline = baseline(of: text)
    let mended = text.replacing("run: ./build.sh", with: "timeout: 1m\n    run: ./build.sh")
    #expect(compared(mended, with: baseline).gone.map(\.rule) == ["no-timeout"])
    let other = baseline.comparison(
      with: [], files: ["g": ["no-timeout"]], in: .none, naming: { $0 })
    #expect(other.gone == [])
    let hasNotLooked = baseline.comparison(
      with: [], files: ["f.flow.yaml": ["empty-flow"]], in: .none, naming: { $0 })
    #expect(hasNotLooked.gone.map(\.rule) == ["empty-flow"])
    // Nothing but the file was looked at where an error leaves no plan.
    let broken = mended + "  - task: build\n    run: x\n"
    #expect(LintedText(broken).report.compilation?.plan == nil)
    #expect(compared(broken, with: baseline).gone == [])
  }

  @Test func `a like finding more is told`() {
    let twice = text.replacing(
      "  - flow: checks\n    linear: []\n", with: "  - task: build2\n    run: y\n")
    let baseline = baseline(of: twice)
    let more = twice.replacing("build2", with: "build")
    #expect(compared(more, with: baseline).findings.contains { $0.rule == "duplicate-name" })
  }

  @Test func `errors that keep a flow from being run are in no baseline`() {
    let broken = text.replacing(
      "run: ./build.sh", with: "requires: [x]\n    run: ./build.sh \"$x\"")
    let baseline = baseline(of: broken)
    #expect(!baseline.entries.contains { $0.rule == "missing-requirement" })
    #expect(compared(broken, with: baseline).findings.map(\.rule) == ["missing-requirement"])
  }

  @Test func `it is read as it was written`() throws {
    let baseline = baseline(of: text)
    let read = try LintBaseline(baseline.text)
    #expect(read.entries == baseline.entries)
    #expect(read.text == baseline.text)
    #expect(try LintBaseline(LintBaseline(of: [], in: .none, naming: { $0 }).text).entries == [])
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"schema": 2, "findings": []}"#, #"{"schema": 1, "findings": [1]}"#,
    #"{"schema": 1, "findings": [{"rule": "x"}]}"#,
  ])
  func `what is no baseline is refused`(text: String) {
    #expect(throws: LintBaseline.ReadingError.self) { try LintBaseline(text) }
  }
}
