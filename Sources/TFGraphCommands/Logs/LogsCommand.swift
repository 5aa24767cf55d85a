import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import TaskFlow

/// `tfgraph logs`: shows what the tasks of a run wrote.
struct LogsCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Shows what the tasks of a run wrote, each line behind the name of its task.",
    discussion: """
      Standard output that a task provides as a value is data and not shown. Of one call of a task the \
      first 4 MiB are kept.
      """)

  @Argument(help: "The run; by default the latest.")
  var run: String?

  @Argument(help: "Only what this task wrote, without its name.")
  var task: String?

  @Flag(name: [.long, .customShort("f")], help: "Go on until the run is not under way any more.")
  var follow = false

  @OptionGroup var kept: StoreOptions

  @Option(help: "How it is written: text or json, one object a line.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console)
      let run = try RunFile.latest(run, in: store)
      if let task { try checkTask(task, of: run) }
      var reader = OutputLogReader(path: store.logPath(of: run.head.id))
      defer { reader.close() }
      while true {
        // Asked before reading, so that what a run wrote last is not missed.
        let isUnderWay = follow && store.isOwned(run.head.id)
        var lines = reader.next()
        while !lines.isEmpty {
          guard console.write(text(of: lines)) else { return .outputFailed }
          lines = reader.next()
        }
        guard isUnderWay else {
          tellWhatIsMissing(in: reader, of: run.head.id, on: console)
          return .done
        }
        try? await Task.sleep(for: .milliseconds(100))
      }
    } catch {
      return console.fail(error)
    }
  }

  private func tellWhatIsMissing(
    in reader: OutputLogReader, of run: String, on console: Console
  ) {
    if reader.isMissing {
      console.fail("what the tasks of run '\(run)' wrote is not kept, or not any more")
    }
    let count = reader.unreadableCount
    if count > 0 {
      console.fail(
        "\(count) \(count == 1 ? "line makes" : "lines make") no sense and \(count == 1 ? "is" : "are") left out"
      )
    }
  }

  private func checkTask(_ task: String, of run: StoredRun) throws(StoreFailure) {
    let names = run.head.outline.atoms.filter { !$0.isController }.map(\.name)
    guard !names.contains(task) else { return }
    throw StoreFailure(
      .unknownRun, UnknownTask.phrase(task, among: names, of: "run '\(run.head.id)'"))
  }

  private func text(of lines: [LoggedLine]) -> String {
    lines.filter { task == nil || $0.call.task == task }.map { line in
      switch format {
      case .json: line.json
      case .text:
        (task == nil ? "\(TerminalText.escaped(line.call.task)) │ " : "")
          + TerminalText.escaped(line.text) + "\n"
      }
    }.joined()
  }
}
