import ArgumentParser
import FlowDiagnostics
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
      --retry-revert, --mark-reverted or --accept. A task with 'at_most_once' that was found unfinished is \
      not run again: --mark-done, --mark-failed or --run-again says what came of it.
      """)

  @Argument(help: "The run; by default the latest that has not ended and nobody has.")
  var run: String?

  @OptionGroup var kept: StoreOptions

  @Option(
    help: ArgumentHelp("The flow file, when it is not where it was.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String?

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

  @Option(
    help: ArgumentHelp(
      """
      A task that is run at most once, was found unfinished and is to be run again after all; may be \
      repeated.
      """, valueName: "task"))
  var runAgain: [String] = []

  @Option(
    help: ArgumentHelp(
      "Such a task that failed; may be repeated. It is undone, or tried again, as the flow says.",
      valueName: "task"))
  var markFailed: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Such a task that was done; may be repeated. What it provides is given as JSON: \
      'pay={"receipt": "r1"}'.
      """, valueName: "task[=json]"))
  var markDone: [String] = []

  @Flag(
    help:
      "Go on with a flow that has changed since, so that it matters to what is still to be done.")
  var acceptChanges = false

  @Flag(help: "Show every line that tasks write, also on a terminal.")
  var verbose = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' is at least 1") }
    let hasVerdicts = !runAgain.isEmpty || !markFailed.isEmpty || !markDone.isEmpty
    if [retryRevert, !markReverted.isEmpty, accept, hasVerdicts].count(where: { $0 }) > 1 {
      throw ValidationError(
        """
        '--retry-revert', '--mark-reverted', '--accept' and what is said of unfinished tasks exclude \
        each other
        """)
    }
    let tasks = runAgain + markFailed + markDone.compactMap { Self.done($0)?.task }
    if let twice = tasks.first(where: { task in tasks.count { $0 == task } > 1 }) {
      throw ValidationError("two things are said of '\(twice)'")
    }
    for text in markDone where Self.done(text) == nil {
      throw ValidationError(
        "'--mark-done \(text)' does not say what the task provides as a JSON object")
    }
  }

  /// The run that is meant: with a remedy for reverts also the latest that is dirty.
  private func id(in store: SQLiteRunStore, on console: Console) throws(StoreFailure) -> String {
    if let run { return run }
    let runs = try store.runs()
    if retryRevert || accept || !markReverted.isEmpty,
      let dirty = runs.first(where: { $0.standing.isDirty })
    {
      return dirty.head.id
    }
    // The latest of all can be one of a task of an earlier one, and under way.
    let waiting = runs.filter { $0.standing.state.isUnfinished && !store.isOwned($0.head.id) }
    guard let latest = waiting.first else { return try RunFile.id(nil, in: store) }
    let others =
      switch waiting.count - 1 {
      case 0: ""
      case 1: "; 1 more has not ended"
      case let count: "; \(count) more have not ended"
      }
    console.complain(
      TerminalText.escaped(
        "\(console.program): going on with run '\(latest.head.id)' of flow '\(latest.head.flow)'\(others)"
      ))
    return latest.head.id
  }

  private var remedy: RunRemedy? {
    if retryRevert { return .retryReverts }
    if accept { return .acceptReverts }
    if !markReverted.isEmpty { return .markReverted(Set(markReverted)) }
    let verdicts = verdicts
    return verdicts.isEmpty ? nil : .settle(verdicts)
  }

  /// What tasks provided that were done, as somebody says.
  private var saidDone: [String: [String: FlowValue]] {
    Dictionary(markDone.compactMap(Self.done), uniquingKeysWith: { first, _ in first })
  }

  private var verdicts: [String: UnfinishedVerdict] {
    var verdicts = saidDone.mapValues { UnfinishedVerdict.done($0) }
    for task in runAgain { verdicts[task] = .again }
    for task in markFailed { verdicts[task] = .failed }
    return verdicts
  }

  /// Takes `TASK` or `TASK={"symbol": value}` apart; `nil` when it is neither.
  private static func done(_ text: String) -> (task: String, values: [String: FlowValue])? {
    guard let equals = text.firstIndex(of: "=") else { return (text, [:]) }
    let json = String(text[text.index(after: equals)...])
    guard case .map(let values) = try? FlowValueJSON.parse(json) else { return nil }
    return (String(text[..<equals]), values)
  }

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console, durability)
      let run = try KeptRun(
        try id(in: store, on: console), in: store, givenAs: kept.store, by: console.program)
      let remedy = remedy
      if run.hasEnded, remedy == nil { return run.tellEnd(on: console) }
      if run.hasEnded, !run.stored.standing.isDirty {
        throw StoreFailure(
          .unknownRun, "run '\(run.stored.head.id)' has ended; there is nothing to decide about it")
      }
      switch try await run.prepare(moved: file, acceptsChanges: acceptChanges, on: console) {
      case .failure(let problem): return problem.status
      case .success(let readiness):
        for (task, values) in saidDone.sorted(by: { $0.key < $1.key })
        where readiness.secrets.isIn(.map(values)) {
          console.fail("what '\(task)' provided contains a secret; results are stored and shown")
          return .usage
        }
        if accept || retryRevert, !run.hasFailedReverts {
          console.complain(
            "\(console.program): no revert of it has failed; going on without \(accept ? "--accept" : "--retry-revert")"
          )
        }
        return try await run.takeUp(
          readiness, remedy, acceptsChanges: acceptChanges, jobs: jobs, isVerbose: verbose,
          on: console)
      }
    } catch {
      return console.fail(error)
    }
  }
}
