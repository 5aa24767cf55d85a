import ArgumentParser
import FlowLint
import TaskFlow

/// `tfgraph explain`: tells what a rule finds, why that matters, and how to allow it.
struct ExplainCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tells what a rule finds, why that matters, and how to allow it.")

  @Argument(help: "The rule's number or name, such as TFG201 or dependency-cycle.")
  var rule: String

  @Option(help: "How it is written: text or json.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    guard let found = LintRule.all.first(where: { $0.id == rule || $0.name == rule }) else {
      console.fail(UnknownRule(rule).description)
      return .usage
    }
    let text = RuleText(rule: found)
    switch format {
    case .text: return console.write(text.page) ? .done : .outputFailed
    case .json:
      return console.print(FlowValueJSON.text(of: text.value, style: .pretty))
        ? .done : .outputFailed
    }
  }
}
