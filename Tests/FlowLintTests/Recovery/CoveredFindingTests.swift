import FlowDiagnostics
import TaskFlow
import Testing

@testable import FlowLint

@Suite struct CoveredFindingTests {
  private let flow = """
    tfgraph: 1
    flow: deploy
    linear:
      - flow: roll-out
        retry: { times: 2 }
        linear:
          - task: push
            run: ./push.sh
          - task: check
            run: ./check.sh
            revert: none

    """

  private func found(
    in text: String, _ rules: [LintRule] = LintRule.all,
    _ configuration: LintConfiguration = LintConfiguration()
  ) -> [String] {
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "f.flow.yaml")
    return Linter(rules: rules, configuration: configuration).lint(reading).findings
      .map(\.rule).filter { $0 != "no-timeout" }
  }

  @Test func `a task without a revert that is tried again is told once`() {
    #expect(found(in: flow) == ["missing-revert"])
  }

  @Test func `where the missing revert is not told, that it is run again is`() {
    let comment = flow.replacing(
      "      - task: push", with: "      # tfgraph: allow[TFG301] it is left\n      - task: push")
    #expect(found(in: comment) == ["retry-of-nonidempotent"])
    var ignored = LintConfiguration()
    ignored.ignore = [RuleSelector("TFG301")]
    #expect(found(in: flow, LintRule.all, ignored) == ["retry-of-nonidempotent"])
    #expect(found(in: flow, [.retryOfNonidempotent]) == ["retry-of-nonidempotent"])
  }

  @Test func `one comment allows both, and is in use`() {
    let file = Linter(rules: LintRule.all.filter { $0.name != "no-timeout" })
      .addingAllows(to: Array(flow.utf8), path: "f.flow.yaml", reason: "known")
    #expect(
      String(decoding: file.bytes, as: UTF8.self)
        == flow.replacing(
          "      - task: push",
          with: "      # tfgraph: allow[TFG301, TFG307] known\n      - task: push"))
    #expect(file.report.findings == [])
  }
}
