import ArgumentParser
import FlowDiagnostics
import FlowEngine
import Foundation
import TaskFlow

/// `tfgraph run`: runs a flow file.
struct RunCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a flow: in parallel, with retries, and undone in reverse order when it fails.",
    discussion: """
      Inputs are checked before anything starts. Ctrl-C stops starting tasks and waits for those that \
      run; a second one kills them. Exit codes: 0 the flow succeeded; 1 it does not compile, or failed \
      and was undone; 2 wrong inputs; 3 it failed and could not be undone.
      """)

  @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @Option(
    name: [.long, .customShort("i")],
    help: ArgumentHelp("A value for an input; may be repeated.", valueName: "name=value"))
  var input: [String] = []

  @Option(
    help: ArgumentHelp("A JSON or YAML file with values for inputs.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var inputs: String?

  @Option(
    name: [.long, .customShort("j")],
    help: "How many tasks may run at once; by default as many as there are processors.")
  var jobs: Int?

  @Flag(help: "Show every line that tasks write, also on a terminal.")
  var verbose = false

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError("'--jobs' is at least 1")
    }
  }

  func run(on console: Console) async -> ExitStatus {
    let source = FlowSource(path: file)
    if !source.findings.isEmpty {
      console.complain(
        FlowSource.text(
          of: [source], width: console.width, isColored: console.complaintsGoToTerminal
        )
        .trimmingCharacters(in: .newlines))
    }
    if source.isUnreadable { return .usage }
    guard let plan = source.compilation?.plan, !source.hasErrors else { return .findings }
    switch GivenInputs(assignments: input, file: inputs).values(for: plan) {
    case .failure(let problems):
      for problem in problems.phrases { console.fail(problem) }
      return .usage
    case .success(let values):
      return await Session(plan: plan, command: self, console: console).run(values)
    }
  }
}
