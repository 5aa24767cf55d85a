import ArgumentParser
import FlowEngine
import FlowStoreSQLite

/// Which file has the runs, for commands that find a run by its name.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file with the runs; by default .tfgraph/runs.db in this folder.", valueName: "path"))
  var store: String?

  /// Opens it.
  ///
  /// - Throws: ``StoreFailure`` when there is none, or it can't be used.
  func open(
    on console: Console, _ durability: SQLiteRunStore.Durability = .full
  ) throws(StoreFailure) -> SQLiteRunStore {
    try RunFile.open(RunFile.path(store, on: console), durability)
  }
}
