import SystemPackage
public import TaskFlow

/// Runs the processes of tasks: each in a session and process group of its own, without standard input,
/// with its values in the environment.
public struct ProcessExecutor: CommandExecutor {
  /// The environment of the caller, which processes inherit but for dangerous names.
  public var environment: [String: String]

  /// The absolute path of the folder that relative folders are in.
  public var workingDirectory: String

  /// The folder for scratch files, such as `/tmp`.
  public var scratchDirectory: String

  /// What processes are given that nobody else may see.
  public var secrets: Secrets

  /// The run's name, for the processes and for idempotency keys.
  public var runID: String

  private let runner: ProcessRunner
  private let groups: ProcessGroups

  /// An executor for one run.
  public init(
    environment: [String: String], workingDirectory: String, scratchDirectory: String,
    runID: String, secrets: Secrets = .none, clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.secrets = secrets
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.scratchDirectory = scratchDirectory
    self.runID = runID
    groups = ProcessGroups()
    runner = ProcessRunner(clock: clock, groups: groups)
  }

  /// Kills all processes that run, with all that they started; none can be started after that.
  public func killAll() {
    groups.killAll()
  }

  public func run(
    _ command: CommandAction, context: TaskContext, provision: Provision, timeout: Duration?,
    output: @escaping @Sendable (TaskOutput) -> Void
  ) async throws -> AtomResult {
    let directory = try AttemptDirectory(in: scratchDirectory, run: runID)
    let result: Result<AtomResult, any Error>
    do {
      result = .success(
        try await run(
          command, context, provision: provision, timeout: timeout, in: directory, output))
    } catch {
      result = .failure(error)
    }
    // A folder that can't be removed is no reason to undo what was done.
    try? directory.remove()
    // Files of the process may have brought secrets into it.
    return try masked(result).get()
  }

  public func masked(_ outcome: Result<AtomResult, any Error>) -> Result<AtomResult, any Error> {
    guard !secrets.mask.isEmpty else { return outcome }
    do {
      return .success(try masked(outcome.get()))
    } catch {
      return .failure(secrets.mask.masked(Failure(error)))
    }
  }

  private func masked(_ result: AtomResult) throws -> AtomResult {
    func masked(_ value: BoxedValue?) throws -> BoxedValue? {
      try value.map { BoxedValue(secrets.mask.masked(try $0.flowValue())) }
    }
    return AtomResult(
      whole: try masked(result.whole), elements: try result.elements.map { try masked($0) })
  }

  private func run(
    _ command: CommandAction, _ context: TaskContext, provision: Provision, timeout: Duration?,
    in directory: AttemptDirectory, _ output: @escaping @Sendable (TaskOutput) -> Void
  ) async throws -> AtomResult {
    let isData = command.captures.contains { $0.readsStandardOutput } && !provision.items.isEmpty
    var request = try request(command, context, in: directory)
    request.timeout = timeout
    request.outputLimits = OutputLimits(standardOutput: isData ? .data : .log)
    let outcome = try await runner.run(request) { chunk in
      if isData, chunk.stream == .standardOutput { return }
      let stream: TaskOutput.Stream =
        chunk.stream == .standardOutput ? .standardOutput : .standardError
      for line in chunk.lines { output(TaskOutput(stream: stream, text: String(line))) }
    }
    try outcome.check(for: command, timeout: timeout)
    return try CommandResult(
      command: command, outcome: outcome, directory: directory, folder: request.workingDirectory
    ).result(by: provision)
  }

  private func request(
    _ command: CommandAction, _ context: TaskContext, in directory: AttemptDirectory
  ) throws -> ProcessRequest {
    let folder = FilePath(workingDirectory).pushing(FilePath(command.workingDirectory ?? "."))
      .lexicallyNormalized().string
    let values = try context.processValues()
    var caller = environment
    caller["PWD"] = folder
    for requirement in context.arguments.requirements { caller[requirement.parameter] = nil }
    for variable in secrets.hidden { caller[variable] = nil }
    var additions: [String: String] = [:]
    for entry in command.environment { additions[entry.name] = entry.value }
    for name in command.secrets {
      guard let value = secrets.values[name] else {
        throw Failure("secret '\(name)' was not read, so its process is not started")
      }
      additions[name] = value
    }
    let shell = try ShellEnvironment(
      caller: caller,
      additions: additions,
      values: values,
      identity: AttemptIdentity(
        runID: runID, atom: context.atom,
        action: context.action == .execute ? .execute : .revert, attempt: context.attempt,
        idempotencyKey: context.idempotencyKey(ofRun: runID)),
      directory: directory)
    let words = command.invocation.words
    var request = ProcessRequest(
      executable: words[0], arguments: Array(words.dropFirst()), environment: shell.variables,
      workingDirectory: folder)
    request.mask = secrets.mask
    request.onStart = { directory.note(leader: $0) }
    return request
  }
}

extension CommandAction.Invocation {
  /// The argument vector.
  fileprivate var words: [String] {
    switch self {
    case .shell(let text, let interpreter): interpreter + [text]
    case .program(let words): words
    }
  }
}

extension CommandAction.Capture {
  fileprivate var readsStandardOutput: Bool {
    switch self {
    case .standardOutput, .standardOutputJSON, .standardOutputLines: true
    case .exitCode, .file, .outputFile: false
    }
  }
}

extension TaskContext {
  /// The same when a crash makes a call run again, another one for each retry, also for a revert that
  /// failed and is called again because somebody said so.
  fileprivate func idempotencyKey(ofRun run: String) -> String {
    let key = "\(run)/\(atom)/\(action)/\(attempt)"
    return failedReverts == 0 ? key : "\(key)/\(failedReverts + 1)"
  }

  /// The texts of what a process sees: strings as they are, all else as JSON.
  fileprivate func processValues() throws -> [String: String] {
    try values().mapValues { value in
      if case .string(let text) = value { text } else { FlowValueJSON.text(of: value) }
    }
  }
}
