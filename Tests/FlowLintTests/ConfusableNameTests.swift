import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

/// Names of flows that a program declares, which may be any.
@Suite struct ConfusableNameTests {
  private func findings(names: [String], summary: String? = nil) -> [Finding] {
    var flow = Flow(
      name: "outer-flow", pattern: .unordered, span: SourceSpan(file: "F", line: 1, column: 1))
    flow.summary = summary
    for (index, name) in names.enumerated() {
      flow.append(
        FlowTask(
          name: name, action: .wait(.duration(.seconds(1))),
          span: SourceSpan(file: "F", line: index + 2, column: 1)))
    }
    let rules = LintRule.all.filter { $0.name == "confusable-name" }
    return Linter(rules: rules).lint(flow).findings.filter { $0.rule == "confusable-name" }
  }

  @Test(arguments: [
    ["build-image", "build_image"], ["image1", "imagel"], ["image1", "imageI"], ["v0", "vO"],
    ["modem", "modern"], ["view", "vievv"], ["A", "А"], ["ΑΒ", "AB"], ["сор", "cop"],
    ["ﬁle", "file"], ["ｆｕｌｌ", "full"], ["x²", "x2"], ["a‐b", "a-b"], ["ab", "a\u{200B}b"],
  ])
  func `names that look alike are reported at the second`(names: [String]) {
    let found = findings(names: names).filter { $0.message.contains("look alike") }
    #expect(found.map(\.span.line) == [3])
    #expect(found.first?.related.map(\.span.line) == [2])
  }

  @Test(arguments: [
    ["a", "b"], ["build-image", "buildimage"], ["step-1", "step-11"], ["fail", "fall"],
    ["größe", "grösse"], ["развёртывание", "развертывание"], ["名前", "名所"], ["load", "Load"],
    ["a[1]", "a[l]"], ["api-сервис"], ["σύνολο"],
  ])
  func `names that differ to the eye are not`(names: [String]) {
    #expect(findings(names: names) == [])
  }

  @Test func `they are told of a file that can't be run as well, where they may be why`() {
    let text = """
      tfgraph: 1
      flow: deploy
      inputs: { imagel: {} }
      linear:
        - task: build
          run: ./build.sh # b\u{200B}uild
          provides: { image1: stdout }
        - task: push
          requires: [imagee]
          run: ./push.sh
      """
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "f")
    let found = Linter().lint(reading).findings
    #expect(found.contains { $0.rule == "missing-requirement" })
    #expect(
      found.filter { $0.rule == "confusable-name" }.map { "\($0.span.line):\($0.span.column)" }
        == ["6:24", "7:17"])
  }

  @Test func `a word of two scripts is reported with the letter that is not Latin`() {
    let found = findings(names: ["dеploy"])
    #expect(
      found.map(\.message) == [
        "the name 'dеploy' mixes Latin letters with 'е', which looks like one"
      ])
    #expect(found.first?.notes == ["it is U+0435 (cyrillic small letter ie)"])
  }

  @Test(arguments: [
    "a\u{202E}b", "\u{2066}a", "a\u{200B}b", "a\u{AD}b", "a\u{FE00}", "a\u{E0041}", "a\u{200F}b",
    "a\u{2060}", "\u{3164}",
  ])
  func `what can't be seen is reported in texts too`(text: String) {
    #expect(findings(names: ["a"], summary: text).map(\.span.line) == [1])
    #expect(findings(names: ["a", text + "x"]).contains { $0.message.contains("U+") })
  }

  @Test(arguments: [
    "👩\u{200D}💻", "می\u{200C}خواهم", "שלום\u{200F}!", "❤\u{FE0F}", "1\u{FE0F}\u{20E3}",
    "🏴\u{E0067}\u{E0062}\u{E007F}", "ไทย\u{200B}ไทย", "é e\u{301}", "葛\u{E0100}",
  ])
  func `what a script needs is not`(text: String) {
    #expect(findings(names: ["a"], summary: text) == [])
  }
}
