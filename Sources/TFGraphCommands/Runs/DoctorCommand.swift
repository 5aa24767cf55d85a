import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import Foundation

/// `tfgraph doctor`: looks whether runs can be kept.
struct DoctorCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Looks whether runs can be kept: the file, how it is flushed, the disk, and who has what.")

  @OptionGroup var kept: StoreOptions

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console)
      let path = store.path
      let settings = Dictionary(
        uniqueKeysWithValues: try store.settings().map { ($0.name, $0.value) })
      let damage = try store.damage()
      let runs = try store.runs()
      let rows = [
        ["tfgraph", TFGraph.configuration.version],
        ["sqlite", settings["sqlite"] ?? "?"],
        ["file", TerminalText.escaped(path)],
        ["schema", settings["user_version"] ?? "?"],
        ["flushed", flushing(settings)],
        ["whole", damage ?? "yes"],
        ["free", free(path)],
        ["runs", "\(runs.count), \(runs.count { $0.standing.state.isUnfinished }) unfinished"],
      ]
      var text = rows.map { row in
        row[0] + String(repeating: " ", count: 10 - row[0].count) + row[1] + "\n"
      }.joined()
      for run in runs where store.isOwned(run.head.id) {
        text +=
          "running   \(TerminalText.escaped(run.head.id)), process \(run.owner.process) on "
          + TerminalText.escaped(run.owner.host) + "\n"
      }
      guard console.write(text) else { return .outputFailed }
      return damage == nil ? .done : .outputFailed
    } catch {
      return console.fail(error)
    }
  }

  private func flushing(_ settings: [String: String]) -> String {
    switch (settings["journal_mode"], settings["synchronous"]) {
    case ("wal", "2"): "with each save; what was saved outlives a power cut"
    case ("wal", "1"): "now and then; the last moments before a power cut can be lost"
    default: "in an unknown way"
    }
  }

  private func free(_ path: String) -> String {
    var system = statvfs()
    guard statvfs(path, &system) == 0 else { return "?" }
    let bytes = UInt64(system.f_bavail) * UInt64(system.f_frsize)
    return "\(bytes >> 20) MiB on its disk"
  }
}
