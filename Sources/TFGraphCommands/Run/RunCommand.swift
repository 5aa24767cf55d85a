import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow

/// `tfgraph run`: runs a flow file.
struct RunCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a flow: in parallel, with retries, and undone in reverse order when it fails.",
    discussion: """
      Inputs are checked before anything starts. Ctrl-C stops starting tasks and waits for those that \
      run; a second one kills them. What happens is kept as it goes, so that 'tfgraph resume' goes on \
      with a run that was stopped, or whose tfgraph was killed. Exit codes: 0 the flow succeeded; 1 it \
      does not compile, or failed and was undone; 2 wrong inputs; 3 it failed and could not be undone; \
      74 the run could not be kept.
      """)

  @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @OptionGroup var inputs: InputOptions

  @Option(
    name: [.long, .customShort("j")],
    help: "How many tasks may run at once; by default as many as there are processors.")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "The file in which the run is kept; by default .tfgraph/runs.db beside the flow file.",
      valueName: "path"))
  var store: String?

  @Option(
    help: """
      What outlives what is kept: full, also a power cut; process, a kill, but the last moments before \
      a power cut can be lost.
      """)
  var durability = SQLiteRunStore.Durability.full

  @OptionGroup var selection: SelectionOptions

  @Flag(help: "Don't keep the run: it can't be resumed.")
  var noStore = false

  @Flag(help: "Show every line that tasks write, also on a terminal.")
  var verbose = false

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError("'--jobs' is at least 1")
    }
    if noStore, store != nil {
      throw ValidationError("'--store' and '--no-store' exclude each other")
    }
  }

  func run(on console: Console) async -> ExitStatus {
    let source = await FlowSource.of(file, on: console)
    if let status = source.refusesRun(on: console) { return status }
    guard let plan = source.plan(on: console) else { return source.refusal }
    guard let flow = source.flow, let chosen = chosen(of: flow, plan, source, on: console) else {
      return .usage
    }
    let given = inputs.given
    switch given.values(
      for: plan.inputs + chosen.inputs, required: chosen.required, past: chosen.past,
      advice: chosen.advice)
    {
    case .failure(let problems):
      for problem in problems.phrases { console.fail(problem) }
      return .usage
    case .success(let values):
      guard let secrets = Secrets(of: plan, folder: source.folder(on: console), on: console) else {
        return .usage
      }
      let leaks = values.filter { (try? secrets.isIn($0.value.flowValue())) ?? false }
      for name in leaks.keys.sorted() {
        console.fail("input '\(name)' contains a secret; inputs are stored and shown")
      }
      guard leaks.isEmpty else { return .usage }
      return await run(chosen.plan, chosen.tasks, of: source, values, secrets, on: console)
    }
  }

  /// What is run of a flow.
  private struct Chosen {
    var plan: Plan
    /// The names of the tasks that are run, if not all are.
    var tasks: [String]?
    /// What it can be given besides the inputs of the flow.
    var inputs: [FlowInput] = []
    /// What it can't do without; all inputs when `nil`.
    var required: Set<String>?
    /// Values of an earlier run.
    var past: [String: FlowValue] = [:]
    var advice: [String: String] = [:]
  }

  /// What is to be run of a flow; `nil`, with a complaint, when that can't be.
  private func chosen(
    of flow: Flow, _ plan: Plan, _ source: FlowSource, on console: Console
  ) -> Chosen? {
    do {
      guard selection.needsPast else { return Chosen(plan: plan) }
      let past = try pastRun(of: plan, source, on: console)
      let inputs = selection.again || selection.past != nil ? past?.head.inputs ?? [:] : [:]
      guard let tasks = try selection.tasks(of: plan) else {
        return Chosen(plan: plan, past: inputs)
      }
      let selected = try SelectedFlow(flow, plan: plan, keeping: tasks)
      let values = past.map(selected.values(from:)) ?? [:]
      return Chosen(
        plan: selected.plan, tasks: tasks, inputs: selected.inputs,
        required: Set(selected.plan.inputSymbols), past: inputs.merging(values) { $1 },
        advice: selected.advice(past: past))
    } catch {
      console.fail("\(error)")
      return nil
    }
  }

  /// The run whose inputs and results are taken; `nil` when none is needed and there is none.
  private func pastRun(
    of plan: Plan, _ source: FlowSource, on console: Console
  ) throws -> StoredRun? {
    let path = store ?? source.runsPath(on: console)
    guard FileManager.default.fileExists(atPath: path) else {
      guard selection.past == nil, !selection.again else {
        throw StoreFailure(.unknownRun, "there are no runs in '\(path)'")
      }
      return nil
    }
    let store = try RunFile.open(path)
    if let id = selection.past {
      let run = try RunFile.latest(id, in: store)
      guard run.head.flow == plan.name else {
        throw StoreFailure(.unknownRun, "run '\(id)' is of another flow, '\(run.head.flow)'")
      }
      return run
    }
    let file = source.absolutePath
    // One of some tasks was not given all that the flow needs.
    let id = try store.runs().first { run in
      run.head.flow == plan.name && run.head.file == file
        && (run.head.selection == nil || !selection.again)
    }?.head.id
    guard let id else {
      guard !selection.again else {
        throw StoreFailure(.unknownRun, "there is no earlier run of this flow in '\(path)'")
      }
      return nil
    }
    return try store.run(id)
  }

  private func run(
    _ plan: Plan, _ tasks: [String]?, of source: FlowSource, _ values: [String: BoxedValue],
    _ secrets: Secrets, on console: Console
  ) async -> ExitStatus {
    let id = Session.newID()
    func session(_ resuming: String?, _ log: OutputLog?) -> Session {
      Session(
        plan: plan, secrets: secrets, id: id, jobs: jobs, isVerbose: verbose, console: console,
        resuming: resuming,
        log: log)
    }
    guard !noStore else {
      return await session(nil, nil).run { engine, control, listeners in
        try await engine.run(inputs: values, control: control, listeners: listeners)
      }
    }
    do {
      let path = store ?? source.runsPath(on: console)
      let store = try SQLiteRunStore(path: path, durability: durability)
      let kept = CrashPoint.guarding(store, console.environment)
      let log = try OutputLog(path: store.logPath(of: id), plan: plan)
      let head = try RunHead(
        id: id, plan: plan, file: source.absolutePath, inputs: values, selection: tasks)
      let place = path == RunFile.path(nil, on: console) ? nil : path
      let resuming = RunFile.resuming(id, in: place, by: console.program)
      return await session(resuming, log).run { engine, control, listeners in
        try await engine.run(head, in: kept, control: control, listeners: listeners)
      }
    } catch let failure as StoreFailure {
      let status = console.fail(failure)
      console.complain(
        "\(console.program): nothing was run; --no-store runs without keeping the run")
      return status
    } catch {
      console.fail("\(error)")
      return .usage
    }
  }
}

extension Secrets {
  /// Reads the secrets of a flow, and says what is wrong with them.
  ///
  /// - Parameter needed: those that it can't do without; all when `nil`.
  init?(
    of plan: Plan, needed: Set<String>? = nil, folder: String, on console: Console
  ) {
    let environment = console.environment
    let wanted = plan.secrets.filter { secret in
      needed?.contains(secret.name) ?? true
        || (try? Secrets([secret], environment: environment, folder: folder)) != nil
    }
    do throws(SecretProblems) {
      try self.init(wanted, environment: environment, folder: folder)
    } catch {
      for phrase in error.phrases { console.fail(phrase) }
      return nil
    }
  }
}
