import ArgumentParser
import FlowEngine
import FlowStoreSQLite

/// `tfgraph rm`: forgets a run.
struct RemoveCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Forgets a run; what it did stays done.",
    discussion: """
      A run that has not ended, or could not be undone, is forgotten with --force only: what it did can't be \
      undone by tfgraph any more.
      """)

  @Argument(help: "The run.")
  var run: String

  @OptionGroup var kept: StoreOptions

  @Flag(help: "Also one that has not ended; what it left running is ended.")
  var force = false

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console)
      guard let standing = try store.run(run)?.standing else { throw .unknown(run) }
      if standing.state.isUnfinished || standing.isDirty, !store.isOwned(run) {
        guard force else {
          let phrase = standing.isDirty ? "could not be undone" : "has not ended"
          let advice = standing.isDirty ? "go on with 'resume'" : "undo it with 'cancel'"
          throw StoreFailure(
            .unknownRun, "run '\(run)' \(phrase); \(advice), or forget it with --force")
        }
        // Nobody goes on with it meanwhile.
        let lease = try store.take(run, owner: .current).0
        await OrphanedProcesses.end(ofRun: run, scratch: console.scratchDirectory)
        AttemptDirectory.removeAll(ofRun: run, in: console.scratchDirectory)
        store.release(lease)
      }
      try store.remove(run)
      return .done
    } catch {
      return console.fail(error)
    }
  }
}
