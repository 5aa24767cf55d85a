import FlowDiagnostics
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
    _ remedy: RunRemedy?, acceptsChanges: Bool = false, jobs: Int?, isVerbose: Bool,
    on console: Console
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
    try tellChanges(to: plan, on: console)
    guard let secrets = Secrets(of: plan, file: file, on: console) else { return .usage }
    let session = Session(
      plan: plan, secrets: secrets, id: id, jobs: jobs, isVerbose: isVerbose, console: console,
      resuming: resuming,
      log: try OutputLog(path: store.logPath(of: id), plan: plan))
    let kept = CrashPoint.guarding(store, console.environment)
    return await session.run { engine, control, listeners in
      try await engine.resume(
        id, in: kept, control: control, listeners: listeners, remedy: remedy,
        acceptsChanges: acceptsChanges,
        preparing: { await OrphanedProcesses.end(ofRun: id) })
    }
  }

  /// Says what is different from the flow that the run began with.
  private func tellChanges(to plan: Plan, on console: Console) throws(StoreFailure) {
    guard let run = try store.run(head.id), run.standing.state.isUnfinished || run.standing.isDirty
    else { return }
    let changes = run.changes(to: plan)
    guard !changes.isEmpty else { return }
    console.complain("tfgraph: the flow has changed since the run began:")
    for (mark, phrases) in [
      (" ", changes.compatible), ("!", changes.mattering), ("✗", changes.irreconcilable),
    ] {
      for phrase in phrases.prefix(20) {
        console.complain("  \(mark) \(TerminalText.escaped(phrase))")
      }
      if phrases.count > 20 { console.complain("  \(mark) … and \(phrases.count - 20) more") }
    }
  }
}
