import Subprocess
import SystemPackage

/// Runs processes, each in a session and process group of its own, without standard input.
///
/// **How swift-subprocess is used.** It starts the process (`posix_spawn` with a new session, every
/// other file descriptor closed, signals reset) and reaps it. What it offers beyond that does not
/// fit a task: its readers wait for the end of the output, which a grandchild can hold open for
/// ever, and its teardown, which starts as soon as a task is cancelled, looks at the direct child
/// only. So the output goes to pipes of our own, which an ``OutputReader`` reads; ``ProcessCourse``
/// decides what to do; and swift-subprocess's call is made in a task that is never cancelled.
///
/// **No signal reaches a stranger.** The leader is reaped by swift-subprocess after the body closure
/// of its `run`, never before. All signals are sent from within that closure or while the group is
/// in the ``ProcessGroups`` registry, which it leaves before the closure returns. Until the leader is
/// reaped neither its process number nor its group's is given to anybody else. That it has ended is
/// learnt with `WNOWAIT`, which leaves it unreaped.
///
/// **Nothing outlives its task.** When the program has ended, others of its group that hold the
/// output have ``ProcessRequest/drainPeriod`` to end by themselves; then the group is killed, also
/// those that had closed the output. A program that must go on has to leave the group (`setsid`),
/// and is then nobody's.
package struct ProcessRunner: Sendable {
  private let clock: any Clock<Duration>
  private let groups: ProcessGroups

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - clock: Measures all periods of the requests.
  ///   - groups: Where the groups are registered while they run.
  package init(clock: any Clock<Duration> = ContinuousClock(), groups: ProcessGroups) {
    self.clock = clock
    self.groups = groups
  }

  /// Runs a process and returns when it, its group and its output have ended.
  ///
  /// When the calling task is cancelled, the group is ended as for a timeout, and the outcome says
  /// so.
  ///
  /// - Parameters:
  ///   - request: The process.
  ///   - onOutput: Is given the output as it comes, in order for each stream, from one thread. As long
  ///     as it does not return, the process waits when its pipe is full.
  /// - Throws: When the process cannot be started, or writes more data than is allowed. A program
  ///   that fails is not an error.
  package func run(
    _ request: ProcessRequest,
    onOutput: @escaping @Sendable (OutputChunk) -> Void = { _ in }
  ) async throws(ProcessFailure) -> ProcessOutcome {
    let program = try Program(request)
    guard !Task.isCancelled, !groups.isClosed else {
      throw .cancelledBeforeStart(program: request.executable)
    }
    let pipes: OutputPipes
    do {
      pipes = try OutputPipes.open()
    } catch {
      throw ProcessFailure(error, program: request.executable)
    }
    let (events, sink) = AsyncStream.makeStream(of: ProcessEvent.self)
    let supervision = Supervision(
      request: request, pipes: pipes, clock: clock, groups: groups, onOutput: onOutput,
      events: events, sink: sink)
    let work = Task { await execute(program, under: supervision) }
    let result = await withTaskCancellationHandler {
      await work.value
    } onCancel: {
      sink.yield(.cancelled)
    }
    return try result.get()
  }

  private func execute(
    _ program: Program, under supervision: Supervision
  ) async -> Result<ProcessOutcome, ProcessFailure> {
    let (request, pipes) = (supervision.request, supervision.pipes)
    defer { pipes.closeOwnSide() }
    var hasStarted = false
    do {
      // swift-subprocess must not close the pipes: should it be unable to open /dev/null, it traps
      // on a descriptor that it owns and has not closed.
      let result = try await Subprocess.run(
        program.configuration,
        input: .none,
        output: .fileDescriptor(pipes.standardOutput.write, closeAfterSpawningProcess: false),
        error: .fileDescriptor(pipes.standardError.write, closeAfterSpawningProcess: false)
      ) { execution in
        hasStarted = true
        pipes.closeProcessSide()
        request.onStart(execution.processIdentifier.value)
        return await supervision.watch(leader: execution.processIdentifier.value)
      }
      return result.closureResult.outcome(of: request, termination: result.terminationStatus)
    } catch {
      if !hasStarted { pipes.closeProcessSide() }
      return .failure(ProcessFailure(error, of: request, path: program.path))
    }
  }
}

/// A program that was found, and how it is started.
private struct Program: Sendable {
  let path: String
  let configuration: Configuration

  init(_ request: ProcessRequest) throws(ProcessFailure) {
    try request.checkTexts()
    let lookup = ExecutableLookup(
      searchPath: request.environment["PATH"] ?? ExecutableLookup.standardPath,
      workingDirectory: request.workingDirectory)
    path = try lookup.path(of: request.executable)
    var options = PlatformOptions()
    options.createSession = true
    var environment: [Environment.Key: String] = [:]
    for (name, value) in request.environment {
      environment[Environment.Key(stringLiteral: name)] = value
    }
    configuration = Configuration(
      executable: .path(FilePath(path)),
      arguments: Arguments(
        executablePathOverride: request.executable, remainingValues: request.arguments),
      environment: .custom(environment),
      workingDirectory: FilePath(request.workingDirectory),
      platformOptions: options)
  }
}

extension ProcessRequest {
  /// Texts reach a process as C strings, which cannot hold everything that a Swift string can.
  fileprivate func checkTexts() throws(ProcessFailure) {
    func check(_ text: String, _ name: String) throws(ProcessFailure) {
      guard text.utf8.contains(0) else { return }
      let reason = "\(name) contains a NUL character; remove it"
      throw .unpassable(program: executable, reason: reason)
    }
    try check(executable, "its name")
    try check(workingDirectory, "its working directory")
    for (index, argument) in arguments.enumerated() {
      try check(argument, "argument \(index + 1)")
    }
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      guard EnvironmentName.isPassable(name) else {
        let reason = "'\(name)' cannot name an environment variable; rename it"
        throw .unpassable(program: executable, reason: reason)
      }
      try check(value, "environment variable '\(name)'")
    }
  }
}
