import FlowDiagnostics
import FlowLint
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct RulesCommandTests {
  @Test(arguments: LintRule.all.map(\.name))
  func `each rule is explained in 80 columns, by number and by name`(name: String) async throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    let run = try await CommandRun("explain", name)
    #expect(run.code == 0)
    #expect(run.output == (try await CommandRun("explain", rule.id)).output)
    let examples = Set(
      rule.examples.flatMap { ($0.markedText + "\n" + $0.text).split(separator: "\n") })
    for line in run.output.split(separator: "\n") where !examples.contains(line.dropFirst(4)) {
      #expect(line.count <= 80, "\(line)")
    }
    #expect(run.output.hasPrefix("\(rule.id) \(name) (\(rule.description.severity.rawValue))\n"))
    // No text is an example of a file that can't be read.
    let shown = run.output.split(separator: "\n").count { $0 == "Reported:" }
    #expect(shown >= 3 || name == "unreadable-file")
    #expect(run.output.contains(rule.canBeAllowed ? "allow[\(name)]" : "It can't be allowed"))
  }

  @Test func `an explanation comes as JSON`() async throws {
    let run = try await CommandRun("explain", "TFG401", "--format", "json")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "tfgraph-rule-1")
    #expect(json["name"] as? String == "no-timeout")
    #expect(json["allowable"] as? Bool == true)
    let examples = try #require(json["examples"] as? [[String: Any]])
    #expect(examples.contains { ($0["lines"] as? [Int])?.isEmpty == false })
  }

  @Test func `a rule that there is not ends with 2`() async throws {
    let run = try await CommandRun("explain", "no-timeuot")
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(
      run.complaints == "tfgraph: there is no rule 'no-timeuot'; did you mean 'no-timeout'?\n")
  }

  @Test func `the rules are listed as text, JSON and Markdown`() async throws {
    let text = try await CommandRun("rules")
    #expect(text.output.split(separator: "\n").count == LintRule.all.count)
    let markdown = try await CommandRun("rules", "--format", "markdown")
    #expect(markdown.output.hasPrefix("| id | name | severity | finds |\n|---|---|---|---|\n"))
    let json = try await CommandRun("rules", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let rules = try #require(object["rules"] as? [[String: Any]])
    #expect(rules.compactMap { $0["id"] as? String } == LintRule.all.map(\.id))
    for rule in LintRule.all {
      #expect(text.output.contains("\(rule.id)  \(rule.name) "))
      #expect(markdown.output.contains("| \(rule.id) | `\(rule.name)` |"))
    }
  }
}
