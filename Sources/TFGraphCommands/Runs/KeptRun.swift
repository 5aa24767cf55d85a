import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow

/// A run that is kept, and how it is taken up on the command line.
struct KeptRun {
  let stored: StoredRun
  let store: SQLiteRunStore

  /// The command that goes on with it.
  private let resuming: String

  /// What is needed to go on with it.
  struct Readiness {
    let plan: Plan
    let secrets: Secrets
  }

  /// Finds a run.
  ///
  /// - Parameters:
  ///   - store: the store.
  ///   - place: the path that the caller gave for it, if one was given.
  ///   - program: what the command is called.
  /// - Throws: ``StoreFailure`` when there is none of that name.
  init(
    _ id: String, in store: SQLiteRunStore, givenAs place: String?, by program: String
  ) throws(StoreFailure) {
    guard let stored = try store.run(id) else { throw .unknown(id) }
    self.stored = stored
    self.store = store
    resuming = RunFile.resuming(id, in: place, by: program)
  }

  /// Whether nothing follows, unless somebody says what is to become of it.
  var hasEnded: Bool { !stored.standing.state.isUnfinished }

  /// Whether somebody has to say what is to become of what could not be undone.
  var hasFailedReverts: Bool {
    stored.failures.contains { $0.isRevert && $0.recovered == nil }
  }

  /// Tells how a run that has ended did, whatever became of its flow since.
  func tellEnd(on console: Console) -> ExitStatus {
    let tails = OutputTails(path: store.logPath(of: stored.head.id))
    guard console.write(RunStory(stored, isOwned: false, tails: tails).text) else {
      return .outputFailed
    }
    if stored.standing.isDirty {
      console.complain(
        "\(console.program): go on with '\(resuming)' and --retry-revert, --mark-reverted TASK or --accept"
      )
    }
    switch stored.standing.state {
    case .success: return .done
    case .reverted: return .findings
    default: return .dirty
    }
  }

  /// Looks whether it can go on with the flow of its file; what is wrong is told.
  ///
  /// - Parameter moved: where the file is now, if it was moved.
  func prepare(
    moved: String?, acceptsChanges: Bool, isToBeUndone: Bool = false, on console: Console
  ) async throws(StoreFailure) -> Result<Readiness, NotReady> {
    let id = stored.head.id
    guard let file = moved ?? stored.head.file ?? console.catalog[stored.head.flow]?.name else {
      throw StoreFailure(
        .unknownRun,
        "run '\(id)' was not started from a flow file; go on with it by the program that has flow "
          + QuotedName.of(stored.head.flow))
    }
    if moved == nil, stored.head.file == file, !FileManager.default.fileExists(atPath: file) {
      throw StoreFailure(
        .unknownRun,
        "the flow of run '\(id)' is not in '\(file)' any more; name its file: --file PATH")
    }
    let source = await FlowSource.of(file, on: console)
    if let status = source.refusesRun(on: console) { return .failure(NotReady(status: status)) }
    guard var plan = source.plan(on: console), let flow = source.flow else {
      return .failure(NotReady(status: source.refusal))
    }
    if let tasks = stored.head.selection {
      do {
        plan = try SelectedFlow(flow, plan: plan, keeping: tasks).plan
      } catch {
        throw StoreFailure(
          .changedFlow, "the flow of run '\(id)' has changed since it began: \(error)")
      }
    }
    let changes = stored.changes(to: plan, isToBeUndone: isToBeUndone)
    tell(changes, on: console)
    try changes.check(id, isAccepted: acceptsChanges)
    let needed = isToBeUndone ? Set(stored.secretsOfReverts(in: plan)) : nil
    let folder = source.folder(on: console)
    guard let secrets = Secrets(of: plan, needed: needed, folder: folder, on: console) else {
      return .failure(NotReady(status: .usage))
    }
    return .success(Readiness(plan: plan, secrets: secrets))
  }

  /// Why a run can't go on, as the exit status; it was said.
  struct NotReady: Error {
    let status: ExitStatus
  }

  /// Goes on with it.
  func takeUp(
    _ readiness: Readiness, _ remedy: RunRemedy?, acceptsChanges: Bool, jobs: Int?,
    isVerbose: Bool, on console: Console
  ) async throws(StoreFailure) -> ExitStatus {
    let id = stored.head.id
    let isCancelling = if case .undo = remedy { true } else { false }
    let session = Session(
      plan: readiness.plan, secrets: readiness.secrets, id: id, jobs: jobs, isVerbose: isVerbose,
      console: console, resuming: resuming,
      log: try OutputLog(path: store.logPath(of: id), plan: readiness.plan),
      isCancelling: isCancelling)
    let kept = CrashPoint.guarding(store, console.environment)
    return await session.run { engine, control, listeners in
      try await engine.resume(
        id, in: kept, control: control, listeners: listeners, remedy: remedy,
        acceptsChanges: acceptsChanges,
        preparing: {
          await OrphanedProcesses.end(ofRun: id, scratch: console.scratchDirectory) { count in
            let processes = count == 1 ? "a process" : "\(count) processes"
            console.complain(
              "\(console.program): ending \(processes) that its last tfgraph left running")
          }
          AttemptDirectory.removeAll(ofRun: id, in: console.scratchDirectory)
        })
    }
  }

  /// Says what is different from the flow that the run began with.
  private func tell(_ changes: FlowChanges, on console: Console) {
    guard !changes.isEmpty else { return }
    console.complain("\(console.program): the flow has changed since the run began:")
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

extension StoredRun {
  /// The secrets that the reverts need of what has begun.
  fileprivate func secretsOfReverts(in plan: Plan) -> [String] {
    plan.tasks.flatMap { task in
      guard atoms[task.name] != nil, case .command(let command) = task.traits.revert?.action else {
        return [String]()
      }
      return command.secrets
    }
  }
}
