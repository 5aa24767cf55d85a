import ArgumentParser
import FlowEngine
import FlowStoreSQLite

/// `tfgraph rm`: forgets a run.
struct RemoveCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Forgets a run; what it did stays done.")

  @Argument(help: "The run.")
  var run: String

  @OptionGroup var kept: StoreOptions

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      try kept.open(on: console).remove(run)
      return .done
    } catch {
      return console.fail(error)
    }
  }
}
