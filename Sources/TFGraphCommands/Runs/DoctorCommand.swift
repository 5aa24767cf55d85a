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
      "Looks whether runs can be kept: the file, how it is flushed, the disk, and who has what.",
    discussion: """
      Something is written, and changes nothing; where no run is kept yet that is tried with a file of its \
      own, which is removed again. Exit codes: 0 runs can be kept; 74 they can't, or the file is damaged.
      """)

  @OptionGroup var kept: StoreOptions

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let path = RunFile.path(kept.store, on: console)
      guard try RunFile.isThere(path) else { return try examineFolder(of: path, on: console) }
      let store = try SQLiteRunStore(path: path)
      let damage = try store.damage()
      let runs = try store.runs()
      // Nothing is written into what is damaged.
      let saving = damage == nil ? try store.timeOfSave() : nil
      var rows = try facts(of: store, saving: saving)
      rows.insert(("file", path), at: 2)
      rows += [
        ("whole", damage ?? "yes"),
        ("runs", "\(runs.count), \(runs.count { $0.standing.state.isUnfinished }) unfinished"),
      ]
      for run in runs where store.isOwned(run.head.id) {
        let owner = store.owner(of: run.head.id) ?? run.owner
        rows.append(("running", "\(run.head.id), process \(owner.process) on \(owner.host)"))
      }
      return write(rows, on: console) && damage == nil ? .done : .outputFailed
    } catch {
      return console.fail(error)
    }
  }

  /// Tries with another file whether the first run could be kept.
  private func examineFolder(
    of path: String, on console: Console
  ) throws(StoreFailure) -> ExitStatus {
    var place = URL(filePath: path).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
      place.deleteLastPathComponent()
    }
    let trial = place.appending(path: ".tfgraph-doctor-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: trial) }
    let store = try SQLiteRunStore(path: trial.appending(path: "runs.db").path)
    var rows = try facts(of: store, saving: store.timeOfSave())
    rows.insert(("file", "\(path) is not there yet; the first run makes it"), at: 2)
    return write(rows, on: console) ? .done : .outputFailed
  }

  private func facts(
    of store: SQLiteRunStore, saving: Duration?
  ) throws(StoreFailure) -> [(String, String)] {
    let settings = Dictionary(
      uniqueKeysWithValues: try store.settings().map { ($0.name, $0.value) })
    return [
      ("tfgraph", TFGraph.configuration.version),
      ("sqlite", settings["sqlite"] ?? "?"),
      ("schema", settings["user_version"] ?? "?"),
      ("flushed", flushing(settings)),
      ("save", saving.map { String(format: "took %.1f ms", $0 / .milliseconds(1)) } ?? "not tried"),
      ("free", free(store.path)),
    ]
  }

  private func write(_ rows: [(name: String, text: String)], on console: Console) -> Bool {
    console.write(
      rows.map { row in
        row.name.padding(toLength: 10, withPad: " ", startingAt: 0)
          + TerminalText.escaped(row.text) + "\n"
      }.joined())
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
