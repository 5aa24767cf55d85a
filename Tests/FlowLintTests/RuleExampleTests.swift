import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

@Suite struct RuleExampleTests {
  @Test(arguments: LintRule.all.map(\.name))
  func `a rule reports the marked lines of its examples, and leaves all else alone`(
    name: String
  ) throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    for example in rule.examples {
      let reading = FlowDocument.read(bytes: Array(example.text.utf8), path: "example.flow.yaml")
      let linter = Linter(rules: [rule], surroundings: example.surroundings)
      let found = linter.lint(reading).findings.filter { $0.rule == name }
      #expect(found.map(\.span.line) == example.reportedLines, "\(example.text)")
    }
  }

  /// What can't be read has no text that could be an example.
  private static let withExamples = LintRule.all.map(\.name).filter { $0 != "unreadable-file" }

  @Test(arguments: withExamples)
  func `a rule has three examples of each kind, and a flow that it leaves alone can be run`(
    name: String
  ) throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    #expect(rule.examples.filter(\.isReported).count >= 3)
    #expect(rule.examples.count { !$0.isReported } >= 3)
    for example in rule.examples where !example.isReported {
      #expect(example.reportedLines == [])
      let reading = FlowDocument.read(bytes: Array(example.text.utf8), path: "example.flow.yaml")
      #expect(reading.compile()?.plan != nil, "\(example.text)")
    }
    for example in rule.examples where example.isReported {
      #expect(example.reportedLines != [])
    }
  }

  @Test func `rules have numbers in order, and names of their own`() {
    let ids = LintRule.all.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(Set(LintRule.all.map(\.name)).count == ids.count)
  }
}
