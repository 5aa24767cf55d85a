/// One process to run: what a task's shell text or argument vector comes down to.
package struct ProcessRequest: Sendable {
  /// The program: a name that is looked up on the `PATH` of ``environment``, or a path (anything
  /// with a slash), which is relative to ``workingDirectory``.
  package var executable: String
  /// The arguments after the program's own name.
  package var arguments: [String]
  /// The complete environment; nothing is inherited.
  package var environment: [String: String]
  /// The directory that the process starts in, as an absolute path.
  package var workingDirectory: String
  /// How long the process may run until its group is asked to end, without a limit when `nil`.
  package var timeout: Duration?
  /// How long the group may take from the request to end (`SIGTERM`) to the end (`SIGKILL`).
  package var gracePeriod: Duration
  /// How long the run waits for processes that still hold the output when the program has ended.
  package var drainPeriod: Duration
  /// How much of what the process writes is kept.
  package var outputLimits: OutputLimits
  /// What is not to be seen in what the process writes.
  package var mask: SecretMask
  /// Is told the number of the process when it has been started; it is not reaped before this returns.
  package var onStart: @Sendable (Int32) -> Void = { _ in }

  /// Describes a process.
  package init(
    executable: String,
    arguments: [String] = [],
    environment: [String: String],
    workingDirectory: String,
    timeout: Duration? = nil,
    gracePeriod: Duration = .seconds(10),
    drainPeriod: Duration = .milliseconds(200),
    outputLimits: OutputLimits = OutputLimits(),
    mask: SecretMask = SecretMask([])
  ) {
    self.mask = mask
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.timeout = timeout
    self.gracePeriod = gracePeriod
    self.drainPeriod = drainPeriod
    self.outputLimits = outputLimits
  }
}

/// How much of a process's output is kept in memory.
package struct OutputLimits: Sendable, Hashable {
  /// What becomes of the bytes that a process writes.
  package enum Retention: Sendable, Hashable {
    /// They are data: all are kept, and more than `limit` bytes are an error that ends the run.
    case whole(limit: Int)
    /// They are a log: the last `limit` bytes are kept.
    case tail(limit: Int)

    /// Data of up to 16 MiB.
    package static let data = Retention.whole(limit: 16 << 20)
    /// The last 64 KiB.
    package static let log = Retention.tail(limit: 64 << 10)
  }

  /// What becomes of standard output.
  package var standardOutput: Retention
  /// The number of bytes that are kept of the end of standard error.
  package var standardErrorTail: Int
  /// The most bytes of output in one ``OutputChunk``; longer lines come in pieces. At least 4.
  package var pieceLength: Int

  /// Sets the limits; without arguments, both streams are logs.
  package init(
    standardOutput: Retention = .log,
    standardErrorTail: Int = 64 << 10,
    pieceLength: Int = 64 << 10
  ) {
    self.standardOutput = standardOutput
    self.standardErrorTail = standardErrorTail
    self.pieceLength = pieceLength
  }
}
