import ArgumentParser
import FlowEngine
import FlowStoreSQLite

/// `tfgraph rm`: forgets a run.
struct RemoveCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Forgets a run; what it did stays done.")

  @Argument(help: "The run.")
  var run: String

  @Option(
    help: ArgumentHelp(
      "The file with the runs; by default .tfgraph/runs.db in this folder.", valueName: "path"))
  var store: String?

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      try RunFile.open(RunFile.path(store, on: console)).remove(run)
      return .done
    } catch {
      return console.fail(error)
    }
  }
}
