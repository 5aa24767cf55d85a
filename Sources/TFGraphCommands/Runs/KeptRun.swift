import FlowEngine
import FlowStoreSQLite
import TaskFlow

/// A run that is kept, and how it is taken up on the command line.
struct KeptRun {
  let head: RunHead
  let store: SQLiteRunStore

  /// The command that goes on with it.
  private let resuming: String

  /// Finds a run.
  ///
  /// - Parameters:
  ///   - store: the store.
  ///   - place: the path that the caller gave for it, if one was given.
  /// - Throws: ``StoreFailure`` when there is none of that name.
  init(_ id: String, in store: SQLiteRunStore, givenAs place: String?) throws(StoreFailure) {
    guard let head = try store.run(id)?.head else { throw .unknown(id) }
    self.head = head
    self.store = store
    resuming = "tfgraph resume \(id)" + (place.map { " --store \($0)" } ?? "")
  }

  /// Goes on with the run in the flow of its file.
  func takeUp(
    _ remedy: RunRemedy?, jobs: Int?, isVerbose: Bool, on console: Console
  ) async throws(StoreFailure) -> ExitStatus {
    let id = head.id
    guard let file = head.file else {
      throw StoreFailure(.unknownRun, "run '\(id)' was not started from a flow file")
    }
    let source = FlowSource(path: file)
    guard let flow = source.flow, var plan = source.plan(on: console) else {
      return source.isUnreadable ? .usage : .findings
    }
    if let tasks = head.selection {
      do {
        plan = try SelectedFlow(flow, plan: plan, keeping: tasks).plan
      } catch {
        throw StoreFailure(
          .changedFlow, "the flow of run '\(id)' has changed since it began: \(error)")
      }
    }
    guard let secrets = Secrets(of: plan, file: file, on: console) else { return .usage }
    let session = Session(
      plan: plan, secrets: secrets, id: id, jobs: jobs, isVerbose: isVerbose, console: console,
      resuming: resuming,
      log: try OutputLog(path: store.logPath(of: id), plan: plan))
    let kept = CrashPoint.guarding(store, console.environment)
    return await session.run { engine, control, listeners in
      try await engine.resume(
        id, in: kept, control: control, listeners: listeners, remedy: remedy,
        preparing: { await OrphanedProcesses.end(ofRun: id) })
    }
  }
}
