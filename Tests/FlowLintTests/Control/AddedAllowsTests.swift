import FlowDiagnostics
import TaskFlow
import Testing

@testable import FlowLint

@Suite struct AddedAllowsTests {
  private func added(_ text: String, path: String = "f.flow.yaml") -> Linter.FixedFile {
    Linter(rules: LintedText.rules).addingAllows(
      to: Array(text.utf8), path: path, reason: "known\nso far")
  }

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func `comments stand above what is found, as far indented`(lineEnd: String, mark: String) {
    let text = [
      "tfgraph: 1", "flow: outer", "linear:", "  - flow: inner", "    linear:",
      "    - task: größe", "      run: x # why", "  - { flow: a, linear: [] }", "",
    ]
    var expected = text
    expected.insert("  # tfgraph: allow[TFG207] known so far", at: 7)
    expected.insert("    # tfgraph: allow[TFG401] known so far", at: 5)
    let file = added(mark + text.joined(separator: lineEnd))
    #expect(
      String(decoding: file.bytes, as: UTF8.self) == mark + expected.joined(separator: lineEnd))
    #expect(file.report.findings == [])
    #expect(file.report.suppressed.map(\.reason) == ["known so far", "known so far"])
  }

  @Test func `scripts and texts of several lines stay as they are`() {
    let text = """
      tfgraph: 1
      flow: deploy
      linear:
        - task: build
          timeout: 1m
          run: |
            cat <<END \\
            # tfgraph: allow[TFG207] data
            END
      """
    let file = added(text)
    let expected = text.replacing(
      "    run:", with: "    # tfgraph: allow[TFG901] known so far\n    run:")
    #expect(String(decoding: file.bytes, as: UTF8.self) == expected)
    #expect(file.report.findings == [])
  }

  @Test func `what is in the first line is allowed above it`() {
    let file = added("{ tfgraph: 1, flow: a, linear: [] }")
    #expect(
      String(decoding: file.bytes, as: UTF8.self)
        == "# tfgraph: allow[TFG207] known so far\n{ tfgraph: 1, flow: a, linear: [] }")
    #expect(file.report.findings == [])
  }

  @Test func `JSON and errors that keep a flow from being run are left alone`() {
    let json = "{ \"tfgraph\": 1, \"flow\": \"a\", \"linear\": [] }"
    let file = added(json, path: "a.flow.json")
    #expect(file.bytes == Array(json.utf8))
    #expect(file.report.findings.map(\.rule) == ["empty-flow"])
    let broken = "tfgraph: 1\nflow: a\nlinear:\n  - task: t\n    requires: [x]\n    wait: 1s\n"
    #expect(added(broken).bytes == Array(broken.utf8))
  }

  @Test(arguments: LintRule.all.map(\.name))
  func
    `nothing that can be allowed is told of a rule's examples afterwards, and the flow is the same`(
      name: String
    )
  {
    for rule in LintRule.all where rule.name == name {
      for example in rule.examples {
        let before = FlowDocument.read(bytes: Array(example.text.utf8), path: "f")
        let file = Linter().addingAllows(
          to: Array(example.text.utf8), path: "f", reason: "known")
        let left = file.report.findings.filter { !LintRule.keepsFromRunning($0) }
        #expect(left.map(LintedText.line) == [], "\(example.text)")
        #expect(file.reading.tree?.nodeCount == before.tree?.nodeCount)
        let again = Linter().addingAllows(to: file.bytes, path: "f", reason: "known")
        #expect(again.bytes == file.bytes)
      }
    }
  }
}
