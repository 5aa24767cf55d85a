import ArgumentParser
import FlowDiagnostics
import FlowLint
import TaskFlow

/// `tfgraph rules`: lists what the linter looks for.
struct RulesCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Lists the rules that flows are checked by.",
    discussion: "'tfgraph explain RULE' tells more of one.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
  }

  @Option(help: "How they are written.")
  var format = Format.text

  func run(on console: Console) async -> ExitStatus {
    let rules = RuleCatalog.lint.rules
    let text =
      switch format {
      case .text: Self.table(of: rules, width: console.isTerminal ? console.width : .max)
      case .markdown: Self.markdown(of: rules)
      case .json:
        FlowValueJSON.text(
          of: [
            "schema": "tfgraph-rules-1",
            "rules": .list(rules.map { .map(RuleText.fields(of: $0)) }),
          ], style: .pretty) + "\n"
      }
    return console.write(text) ? .done : .outputFailed
  }

  /// A line for each rule, which a terminal breaks at spaces.
  private static func table(of rules: [RuleDescription], width: Int) -> String {
    let names = rules.map(\.name.count).max() ?? 0
    return rules.map { rule in
      let head =
        "\(rule.id)  \(rule.name.padding(to: names))  \(rule.severity.rawValue.padding(to: 7))  "
      return LabelledLines.wrapped(
        rule.summary, first: head, indentation: head.count, width: width)
    }.joined()
  }

  private static func markdown(of rules: [RuleDescription]) -> String {
    let rows = rules.map { rule in
      "| \(rule.id) | `\(rule.name)` | \(rule.severity.rawValue) "
        + "| \(rule.summary.replacing("|", with: "\\|")) |\n"
    }
    return "| id | name | severity | finds |\n|---|---|---|---|\n" + rows.joined()
  }
}

extension String {
  /// The text with spaces behind it up to a number of characters.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
