import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow

/// `tfgraph runs`: lists runs.
struct RunsCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs that are kept, the newest first.")

  @OptionGroup var kept: StoreOptions

  @Option(help: ArgumentHelp("Only runs of this flow.", valueName: "name"))
  var flow: String?

  @Flag(help: "Only runs that have not ended.")
  var unfinished = false

  @Option(help: "How they are written: text or json.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console)
      let runs = try store.runs().filter { run in
        (flow.map { $0 == run.head.flow } ?? true)
          && (!unfinished || run.standing.state.isUnfinished)
      }
      let facts = runs.map { RunFacts($0, isOwned: store.isOwned($0.head.id)) }
      switch format {
      case .json:
        let value: FlowValue = [
          "schema": "tfgraph-runs-1", "runs": .list(facts.map { .map($0.fields) }),
        ]
        return console.print(FlowValueJSON.text(of: value, style: .pretty)) ? .done : .outputFailed
      case .text:
        return console.write(RunTable.text(of: facts)) ? .done : .outputFailed
      }
    } catch {
      return console.fail(error)
    }
  }
}

/// How a command writes what it tells.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// What is told of a run in one line.
struct RunFacts {
  let id: String
  let flow: String
  let state: String
  let made: Int64
  let saved: Int64

  init(_ run: StoredRun, isOwned: Bool) {
    id = run.head.id
    flow = run.head.flow
    made = run.head.made
    saved = max(run.standing.saved, run.head.made)
    state =
      switch run.standing.state {
      // Nobody has it, so its engine has died.
      case .pending, .running, .suspending, .resuming: isOwned ? "running" : "interrupted"
      case .failure: run.standing.isDirty ? "dirty" : "failed"
      case .reverted: run.standing.hasLeft ? "partly undone" : "undone"
      case let state: "\(state)"
      }
  }

  /// For programs; times are in seconds since 1970.
  var fields: [String: FlowValue] {
    [
      "run": .string(id), "flow": .string(flow), "state": .string(state),
      "made": .float(Double(made) / 1_000_000), "saved": .float(Double(saved) / 1_000_000),
    ]
  }

  /// When it was made, as in `2026-11-26 12:45:01`, in UTC.
  var time: String {
    Date(timeIntervalSince1970: Double(made) / 1_000_000).formatted(
      Date.VerbatimFormatStyle(
        format: """
          \(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits) \
          \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
          \(minute: .twoDigits):\(second: .twoDigits)
          """, timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
  }
}

/// Runs as lines.
enum RunTable {
  static func text(of runs: [RunFacts]) -> String {
    guard !runs.isEmpty else { return "no runs\n" }
    let rows = runs.map { run in
      [TerminalText.escaped(run.id), run.state, run.time, TerminalText.escaped(run.flow)]
    }
    return text(of: rows, header: ["run", "state", "made (UTC)", "flow"])
  }

  /// Columns beside each other, each as wide as its widest entry.
  static func text(of rows: [[String]], header: [String]) -> String {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = row.enumerated().map { column, text in
        column == row.count - 1
          ? text : text + String(repeating: " ", count: widths[column] - text.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
