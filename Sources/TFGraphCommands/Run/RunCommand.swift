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

  @Option(
    name: [.long, .customShort("i")],
    help: ArgumentHelp("A value for an input; may be repeated.", valueName: "name=value"))
  var input: [String] = []

  @Option(
    help: ArgumentHelp("A JSON or YAML file with values for inputs.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var inputs: String?

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
    let source = FlowSource(path: file)
    guard let plan = source.plan(on: console) else {
      return source.isUnreadable ? .usage : .findings
    }
    switch GivenInputs(assignments: input, file: inputs).values(for: plan) {
    case .failure(let problems):
      for problem in problems.phrases { console.fail(problem) }
      return .usage
    case .success(let values):
      guard let secrets = Secrets(of: plan, file: file, on: console) else { return .usage }
      let leaks = values.filter { (try? secrets.isIn($0.value.flowValue())) ?? false }
      for name in leaks.keys.sorted() {
        console.fail("input '\(name)' contains a secret; inputs are stored and shown")
      }
      guard leaks.isEmpty else { return .usage }
      return await run(plan, values, secrets, on: console)
    }
  }

  private func run(
    _ plan: Plan, _ values: [String: BoxedValue], _ secrets: Secrets, on console: Console
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
      let path = store ?? RunFile.path(besideFlow: file)
      let store = try SQLiteRunStore(path: path, durability: durability)
      let kept = CrashPoint.guarding(store, console.environment)
      let log = try OutputLog(path: store.logPath(of: id), plan: plan)
      let head = try RunHead(
        id: id, plan: plan, file: URL(filePath: file).path, inputs: values)
      let place = path == RunFile.path(nil, on: console) ? "" : " --store \(path)"
      return await session("tfgraph resume \(id)\(place)", log).run { engine, control, listeners in
        try await engine.run(head, in: kept, control: control, listeners: listeners)
      }
    } catch let failure as StoreFailure {
      let status = console.fail(failure)
      console.complain("tfgraph: nothing was run; --no-store runs without keeping the run")
      return status
    } catch {
      console.fail("\(error)")
      return .usage
    }
  }
}

extension Secrets {
  /// Reads the secrets of a flow file, and says what is wrong with them.
  init?(of plan: Plan, file: String, on console: Console) {
    do throws(SecretProblems) {
      try self.init(
        plan.secrets, environment: console.environment,
        folder: URL(filePath: file).deletingLastPathComponent().path)
    } catch {
      for phrase in error.phrases { console.fail(phrase) }
      return nil
    }
  }
}
