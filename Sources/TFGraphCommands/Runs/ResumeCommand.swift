import ArgumentParser
import FlowEngine
import FlowStoreSQLite
import TaskFlow

/// `tfgraph resume`: goes on with a run.
struct ResumeCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Goes on with a run that was stopped, or whose tfgraph was killed.",
    discussion: """
      What was done stays done. A task that had begun, and of whose end nothing is known, is run \
      again as the same attempt, with the same TFGRAPH_IDEMPOTENCY_KEY. A run that has ended is told as \
      it ended, with its exit code, and nothing is run. One that could not be undone goes on with \
      --retry-revert, --mark-reverted or --accept.
      """)

  @Argument(help: "The run; by default the latest that has not ended.")
  var run: String?

  @Option(
    help: ArgumentHelp(
      "The file with the runs; by default .tfgraph/runs.db in this folder.", valueName: "path"))
  var store: String?

  @Option(help: "What outlives what is kept: full, also a power cut; process, a kill.")
  var durability = SQLiteRunStore.Durability.full

  @Option(
    name: [.long, .customShort("j")],
    help: "How many tasks may run at once; by default as many as there are processors.")
  var jobs: Int?

  @Flag(help: "Undo again what could not be undone.")
  var retryRevert = false

  @Option(
    help: ArgumentHelp(
      "A task that was undone by hand; may be repeated. What comes before it is undone.",
      valueName: "task"))
  var markReverted: [String] = []

  @Flag(help: "Leave what could not be undone as it is, and undo what comes before it.")
  var accept = false

  @Flag(help: "Show every line that tasks write, also on a terminal.")
  var verbose = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' is at least 1") }
    if [retryRevert, !markReverted.isEmpty, accept].count(where: { $0 }) > 1 {
      throw ValidationError(
        "'--retry-revert', '--mark-reverted' and '--accept' exclude each other")
    }
  }

  private var remedy: RevertRemedy? {
    if retryRevert { return .retry }
    if accept { return .accept }
    return markReverted.isEmpty ? nil : .markReverted(Set(markReverted))
  }

  /// The run that is meant: with a remedy also the latest that is dirty.
  private func id(in store: SQLiteRunStore) throws(StoreFailure) -> String {
    if run == nil, remedy != nil,
      let dirty = try store.runs().first(where: { $0.standing.isDirty })
    {
      return dirty.head.id
    }
    return try RunFile.id(run, in: store)
  }

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let path = RunFile.path(store, on: console)
      let store = try RunFile.open(path, durability)
      let id = try id(in: store)
      guard let head = try store.run(id)?.head else { throw .unknown(id) }
      guard let file = head.file else {
        throw StoreFailure(.unknownRun, "run '\(id)' was not started from a flow file")
      }
      let source = FlowSource(path: file)
      guard let plan = source.plan(on: console) else {
        return source.isUnreadable ? .usage : .findings
      }
      let session = Session(
        plan: plan, id: id, jobs: jobs, isVerbose: verbose, console: console,
        resuming: self.store == nil
          ? "tfgraph resume \(id)" : "tfgraph resume \(id) --store \(path)")
      let kept = CrashPoint.guarding(store, console.environment)
      return await session.run { engine, control, listener in
        try await engine.resume(
          id, in: kept, control: control, listeners: [listener], remedy: remedy,
          preparing: { await OrphanedProcesses.end(ofRun: id) })
      }
    } catch {
      return console.fail(error)
    }
  }
}
