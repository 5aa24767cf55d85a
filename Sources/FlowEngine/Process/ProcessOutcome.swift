/// How a process that was started ended, and what it wrote.
package struct ProcessOutcome: Sendable, Hashable {
  /// What the system reported about the end of the program.
  package enum Termination: Sendable, Hashable {
    /// The program ended with this exit code, 0…255.
    case exited(Int32)
    /// This signal ended the program.
    case signalled(Int32)
  }

  /// Who ended the run.
  package enum Ending: Sendable, Hashable {
    /// The program, by itself.
    case itself
    /// The runner, since the timeout had passed.
    case timedOut
    /// The runner, since the calling task was cancelled or all groups were killed.
    case cancelled
  }

  /// What the system reported.
  package let termination: Termination
  /// Who ended the run.
  package let ending: Ending
  /// What was kept of standard output.
  package let standardOutput: CapturedOutput
  /// What was kept of standard error.
  package let standardError: CapturedOutput
  /// The time from the start of the program to the end of the run, by the runner's clock.
  package let duration: Duration

  /// The timeout had passed, and the group was ended for it.
  package var timedOut: Bool { ending == .timedOut }
  /// The group was ended because the run was cancelled.
  package var wasCancelled: Bool { ending == .cancelled }
  /// The program ended by itself with exit code 0.
  package var succeeded: Bool { ending == .itself && termination == .exited(0) }
}
