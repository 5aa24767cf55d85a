/// What can happen to a run's process.
enum ProcessEvent: Sendable, Hashable {
  /// The program has ended; it is not reaped yet.
  case exited
  /// No process holds the output any more, and all of it was read.
  case outputEnded
  /// The program wrote more data than is allowed.
  case outputTooLong
  /// The calling task was cancelled.
  case cancelled
  /// A period that the course had asked for has passed.
  case elapsed(ProcessTimer)
}

/// The periods that a course waits for.
enum ProcessTimer: Sendable, Hashable {
  /// What the program has for its work.
  case timeout
  /// What the group has to end when it was asked to.
  case grace
  /// What processes that outlive the program have to end by themselves.
  case drain
  /// What killed processes have to let go of the output.
  case settle
}

/// What a course wants done.
enum ProcessAction: Sendable, Hashable {
  /// Ask the group to end.
  case terminate
  /// Kill the group.
  case kill
  /// Tell when this period has passed.
  case start(ProcessTimer)
  /// The run is over.
  case finish
}

/// The decisions about one process, as a pure state machine: event in, actions out.
///
/// The run is over when the program has ended *and* its output has, or a bounded wait for the
/// output is over. The whole group is always killed before: a task's processes do not outlive it.
struct ProcessCourse: Sendable, Hashable {
  private enum Phase: Sendable, Hashable {
    /// The program runs.
    case running
    /// The group was asked to end, and has the grace period for it.
    case terminating
    /// The program has ended by itself, and others of its group hold the output.
    case draining
    /// The group was killed.
    case settling
    case finished
  }

  private var phase = Phase.running
  private var hasExited = false
  private var outputHasEnded = false
  private let hasTimeout: Bool
  /// Who ended the run.
  private(set) var ending = ProcessOutcome.Ending.itself

  init(hasTimeout: Bool) {
    self.hasTimeout = hasTimeout
  }

  /// Nothing is left to do.
  var isFinished: Bool { phase == .finished }

  /// What to do when the process has been started.
  var firstActions: [ProcessAction] { hasTimeout ? [.start(.timeout)] : [] }

  /// Takes one event, in the order in which they happened.
  mutating func handle(_ event: ProcessEvent) -> [ProcessAction] {
    if event == .exited { hasExited = true }
    if event == .outputEnded { outputHasEnded = true }
    switch phase {
    case .running: return whileRunning(event)
    case .terminating: return whileTerminating(event)
    case .draining: return whileDraining(event)
    case .settling: return whileSettling(event)
    case .finished: return []
    }
  }

  private mutating func whileRunning(_ event: ProcessEvent) -> [ProcessAction] {
    switch event {
    case .exited:
      guard !outputHasEnded else { return kill() }
      phase = .draining
      return [.start(.drain)]
    case .elapsed(.timeout): return terminate(.timedOut)
    case .cancelled: return terminate(.cancelled)
    case .outputTooLong: return terminate(.itself)
    case .outputEnded, .elapsed: return []
    }
  }

  private mutating func whileTerminating(_ event: ProcessEvent) -> [ProcessAction] {
    // The first of the group to end must not cost the others their grace: as long as one holds the
    // output, it may still be cleaning up.
    (hasExited && outputHasEnded) || event == .elapsed(.grace) ? kill() : []
  }

  private mutating func whileDraining(_ event: ProcessEvent) -> [ProcessAction] {
    switch event {
    case .outputEnded, .outputTooLong, .elapsed(.drain): kill()
    // The program has done its work: that is a fact which no late cancellation undoes.
    case .exited, .cancelled, .elapsed: []
    }
  }

  private mutating func whileSettling(_ event: ProcessEvent) -> [ProcessAction] {
    guard hasExited else { return [] }
    if outputHasEnded || event == .elapsed(.settle) {
      phase = .finished
      return [.finish]
    }
    return event == .exited ? [.start(.settle)] : []
  }

  private mutating func terminate(_ cause: ProcessOutcome.Ending) -> [ProcessAction] {
    phase = .terminating
    ending = cause
    return [.terminate, .start(.grace)]
  }

  private mutating func kill() -> [ProcessAction] {
    guard hasExited else {
      phase = .settling
      return [.kill]
    }
    phase = outputHasEnded ? .finished : .settling
    return [.kill, outputHasEnded ? .finish : .start(.settle)]
  }
}
