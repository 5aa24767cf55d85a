import Foundation
import Glibc
import Subprocess

/// The watch over one started process, from its start until all of its output is read.
///
/// Everything that happens (the end of the program, of the output, of a period, a cancellation)
/// comes as an event in one stream, so that a ``ProcessCourse`` can decide without a lock.
struct Supervision: Sendable {
  let request: ProcessRequest
  let pipes: OutputPipes
  let clock: any Clock<Duration>
  let groups: ProcessGroups
  let onOutput: @Sendable (OutputChunk) -> Void
  let events: AsyncStream<ProcessEvent>
  let sink: AsyncStream<ProcessEvent>.Continuation

  /// What was seen.
  struct Watched: Sendable {
    let output: OutputReader.Captured
    let ending: ProcessOutcome.Ending
    let wasKilled: Bool
    let duration: Duration
  }

  /// Watches over the process; its leader has ended when this returns, and is not reaped before.
  func watch(leader: pid_t) async -> Watched {
    groups.insert(leader)
    let elapsed = clock.stopwatch()
    let reader = OutputReader(
      pipes: pipes, limits: request.outputLimits, mask: request.mask, onOutput: onOutput,
      onEvent: { [sink] in sink.yield($0) })
    let reading = Task { await reader.read() }
    reportEnd(of: leader)
    let ending = await steer(leader)
    pipes.stopReader()
    let output = await reading.value
    groups.remove(leader)
    return Watched(
      output: output, ending: ending, wasKilled: groups.isClosed, duration: elapsed())
  }

  private func steer(_ leader: pid_t) async -> ProcessOutcome.Ending {
    var course = ProcessCourse(hasTimeout: request.timeout != nil)
    var timers: [Task<Void, Never>] = []
    defer { for timer in timers { timer.cancel() } }
    var actions = course.firstActions
    var iterator = events.makeAsyncIterator()
    while true {
      for action in actions {
        switch action {
        case .terminate:
          groups.send(SIGTERM, to: leader)
          // A stopped process hears nothing until it goes on.
          groups.send(SIGCONT, to: leader)
        case .kill: groups.send(SIGKILL, to: leader)
        case .start(let timer): timers.append(start(timer))
        case .finish: return course.ending
        }
      }
      guard let event = await iterator.next() else { return course.ending }
      actions = course.handle(event)
    }
  }

  private func start(_ timer: ProcessTimer) -> Task<Void, Never> {
    let period: Duration =
      switch timer {
      case .timeout: request.timeout ?? .zero
      case .grace: request.gracePeriod
      case .drain, .settle: request.drainPeriod
      }
    return Task { [clock, sink] in
      // Cancelled, it has nothing to tell.
      guard (try? await clock.sleep(for: period)) != nil else { return }
      sink.yield(.elapsed(timer))
    }
  }

  /// Tells when the leader has ended, and leaves it to be reaped by swift-subprocess.
  private func reportEnd(of leader: pid_t) {
    Thread.detachNewThread { [sink] in
      var ignored = siginfo_t()
      // Any other error than an interruption means that there is no such child to wait for.
      while waitid(P_PID, id_t(leader), &ignored, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      sink.yield(.exited)
    }
  }
}

extension Supervision.Watched {
  /// Puts together what was seen and what the system reported.
  func outcome(
    of request: ProcessRequest, termination status: TerminationStatus
  ) -> Result<ProcessOutcome, ProcessFailure> {
    if ending == .itself, case .whole(let limit) = output.standardOutput.retention,
      output.standardOutput.isTruncated
    {
      return .failure(.outputTooLong(program: request.executable, limit: limit))
    }
    let termination: ProcessOutcome.Termination =
      switch status {
      case .exited(let code): .exited(code)
      case .signaled(let signal): .signalled(signal)
      }
    let wasKilled = wasKilled && termination == .signalled(SIGKILL)
    return .success(
      ProcessOutcome(
        termination: termination,
        ending: ending == .itself && wasKilled ? .cancelled : ending,
        standardOutput: output.standardOutput, standardError: output.standardError,
        duration: duration))
  }
}

extension Clock<Duration> {
  /// Tells how much time has passed since this call.
  fileprivate func stopwatch() -> @Sendable () -> Swift.Duration {
    let start = now
    return { start.duration(to: now) }
  }
}
