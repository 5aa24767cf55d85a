import ArgumentParser
import FlowEngine
import FlowStoreSQLite
import TaskFlow

/// `tfgraph show`: tells what became of a run.
struct ShowCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: """
      Tells what became of a run: states, attempts, times, failures and what was written before them.
      """)

  @Argument(help: "The run; by default the latest.")
  var run: String?

  @OptionGroup var kept: StoreOptions

  @Option(help: "How it is told: text or json.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console)
      let run = try RunFile.latest(run, in: store)
      let tails = OutputTails(path: store.logPath(of: run.head.id))
      let story = RunStory(run, isOwned: store.isOwned(run.head.id), tails: tails)
      let text =
        switch format {
        case .json: FlowValueJSON.text(of: story.value, style: .pretty) + "\n"
        case .text: story.text
        }
      return console.write(text) ? .done : .outputFailed
    } catch {
      return console.fail(error)
    }
  }
}
