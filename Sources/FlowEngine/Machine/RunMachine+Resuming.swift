import TaskFlow

extension RunMachine {
  /// Takes up a run that was suspended or has ended; what is to be done is among the actions.
  ///
  /// A run that is under way goes on as it is. Rules: ``Engine/resume(_:control:deadline:listeners:listener:)``.
  public mutating func resume() -> [MachineAction] {
    takeUp(isStopped: false)
    return takeActions()
  }

  /// Brings a run that was suspended or has ended back to where nothing has run: all results, failures and
  /// histories are forgotten, and nothing is undone (semantics 4).
  ///
  /// - Throws: ``RunUnderWay`` for a run that is under way; it is left as it is.
  public mutating func reset() throws(RunUnderWay) {
    guard flowState == .pending || flowState.isFinal else { throw RunUnderWay() }
    startOver()
  }

  /// Forgets everything but the rules.
  private mutating func startOver() {
    let tellsChanges = tellsChanges
    self = RunMachine(tables: tables, inputs: inputs, options: options)
    self.tellsChanges = tellsChanges
  }

  /// The same run with other rules for what follows.
  func following(_ options: RunOptions) -> RunMachine {
    var machine = self
    machine.options = options
    return machine
  }

  /// Starts a run or takes it up again; what is to be done is left in `actions`.
  ///
  /// - Parameter isStopped: whether it was asked to stop already.
  mutating func takeUp(isStopped: Bool) {
    switch flowState {
    case .pending:
      isSuspended = isSuspended || isStopped
      begin()
    case .reverted:
      startOver()
      actions.append(.flowChanged(from: .reverted, to: .pending))
      isSuspended = isStopped
      begin()
    case .suspended, .failure, .success:
      goOn(isStopped: isStopped)
    case .resuming:
      changeFlow(to: .suspended)
      goOn(isStopped: isStopped)
    case .running, .suspending:
      break
    }
  }

  private mutating func goOn(isStopped: Bool) {
    isSuspended = isStopped || !undecided.isEmpty
    isHalted = isDirty && options.revertFailure == .halt
    changeFlow(to: .running)
    if isSuspended { changeFlow(to: .suspending) }
    resolveLeftFailures()
    // What had begun goes on, also when nothing new is started.
    if !isSuspended { callInterruptedAgain() }
    startReady()
  }

  /// Resolves failures that nobody was asked about.
  private mutating func resolveLeftFailures() {
    for failed in failures
    where states[Int(failed.node)] == .failure && intentions[Int(failed.node)] == .execute {
      resolve(failed.node, failed.failure)
      enqueue(failed.node)
    }
  }

  private mutating func callInterruptedAgain() {
    for node in interrupted.sorted() {
      interrupted.remove(node)
      calledAgain.remove(node)
      let isRevert = states[Int(node)] == .reverting
      actions.append(
        .calledAgain(
          node, isRevert ? .revert : .execute, attempt: Int(attempts[Int(node)])))
      isRevert ? callRevert(node) : callExecute(node)
    }
  }
}

/// The error of a change that a run which is under way does not allow.
public struct RunUnderWay: Error, Sendable, CustomStringConvertible {
  /// What is wrong, and what to do about it.
  public var description: String { "the run is under way; suspend it and wait for its end first" }
}
