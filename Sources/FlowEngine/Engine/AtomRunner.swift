public import TaskFlow

/// Runs a task's process; the engine is given one, so that it can be replaced.
public protocol CommandExecutor: Sendable {
  /// Runs a process to its end. When the current task is cancelled it ends the process and all that this
  /// started, waits for that, and throws.
  ///
  /// - Parameters:
  ///   - command: what is run.
  ///   - context: the task, its arguments, and for a revert what became of `execute`.
  ///   - provision: what the task provides.
  ///   - timeout: how long it may take; the process and all that it started are ended then.
  ///   - output: is given what it writes, line by line.
  /// - Throws: `Failure` when it can't be started or does not succeed.
  func run(
    _ command: CommandAction, context: TaskContext, provision: Provision, timeout: Duration?,
    output: @escaping @Sendable (TaskOutput) -> Void
  ) async throws -> AtomResult
}

/// Calls the methods of atoms.
package struct AtomRunner: Sendable {
  let plan: Plan
  let clock: any Clock<Duration>
  let commands: (any CommandExecutor)?

  /// A caller of the atoms of a plan.
  package init(plan: Plan, clock: any Clock<Duration>, commands: (any CommandExecutor)?) {
    self.plan = plan
    self.clock = clock
    self.commands = commands
  }

  /// Who is told about a call while it runs.
  package struct Observer: Sendable {
    private let told: (announcer: Announcer, call: Announcer.Call)?

    /// Nobody is told.
    package static let none = Observer(told: nil)

    private init(told: (announcer: Announcer, call: Announcer.Call)?) {
      self.told = told
    }

    init(_ announcer: Announcer, during call: Announcer.Call) {
      told = (announcer, call)
    }

    fileprivate func mark(_ fraction: Double) {
      if let told { told.announcer.mark(fraction, during: told.call) }
    }

    fileprivate func output(_ node: NodeIndex, _ output: TaskOutput) {
      if let told { told.announcer.tell(.output(node, output), during: told.call) }
    }

    /// What a body calls to say something.
    fileprivate func notices(of node: NodeIndex) -> @Sendable (TaskContext.Notice) -> Void {
      guard let told else { return Self.silence }
      return { notice in
        switch notice {
        case .progress(let fraction): told.announcer.report(fraction, during: told.call)
        case .told(let name, let details):
          told.announcer.tell(.told(node, name, details), during: told.call)
        }
      }
    }

    private static let silence: @Sendable (TaskContext.Notice) -> Void = { _ in }
  }

  /// The outcome of a call that needs no waiting, or `nil` for one that does.
  package func answer(
    _ node: NodeIndex, _ action: TaskContext.Action, _ call: MachineAction.Call
  ) -> MachineEvent? {
    if let controller = plan.controller(at: node) {
      return answer(node, controller, action, call)
    }
    guard action == .revert, let task = plan.task(at: node) else { return nil }
    let traits = task.traits
    let hasNothing =
      traits.revert == nil && traits.beforeRevert == nil && traits.afterRevert == nil
    return hasNothing ? .reverted(node) : nil
  }

  private func answer(
    _ node: NodeIndex, _ controller: RetryController, _ action: TaskContext.Action,
    _ call: MachineAction.Call
  ) -> MachineEvent {
    let history = call.history ?? History()
    do {
      switch action {
      case .execute:
        let value = try controller.strategy.execute(history: history, arguments: call.arguments)
        return .executed(
          node, AtomResult(whole: value, elements: controller.provision.items.map { _ in value }))
      case .revert:
        if case .custom(let policy) = controller.strategy {
          try policy.revert(history: history, arguments: call.arguments)
        }
        return .reverted(node)
      }
    } catch {
      let failure = Failure(error)
      return action == .execute ? .executionFailed(node, failure) : .revertFailed(node, failure)
    }
  }

  /// Calls a task's method and says what came of it.
  ///
  /// What a method throws after the current task was cancelled is no failure of it: it was interrupted.
  ///
  /// - Parameter limit: how long `execute` may take at most, besides the task's own timeout.
  package func run(
    _ node: NodeIndex, _ action: TaskContext.Action, _ call: MachineAction.Call,
    limit: FlowLimit? = nil, _ observer: Observer = .none
  ) async -> MachineEvent {
    guard let task = plan.task(at: node) else {
      return answer(node, action, call) ?? .reverted(node)
    }
    let context = TaskContext(
      atom: task.name, action: action, attempt: call.attempt, arguments: call.arguments,
      provision: task.provision, outcome: call.outcome, failures: call.failures,
      notify: observer.notices(of: node))
    do {
      switch action {
      case .execute:
        observer.mark(0)
        let result = try await execute(task, context, limit: limit, node, observer)
        observer.mark(1)
        return .executed(node, result)
      case .revert:
        try await revert(task, context, node, observer)
        return .reverted(node)
      }
    } catch {
      if Task.isCancelled { return .interrupted(node) }
      let failure = Failure(error)
      return action == .execute ? .executionFailed(node, failure) : .revertFailed(node, failure)
    }
  }

  private func execute(
    _ task: FlowTask, _ context: TaskContext, limit: FlowLimit?, _ node: NodeIndex,
    _ observer: Observer
  ) async throws -> AtomResult {
    // Most tasks are a body and nothing else.
    if !task.hasTraits, limit == nil, case .body(let body) = task.action {
      return try await body(context)
    }
    let traits = task.traits
    let timeout = [traits.timeout, limit?.remaining].compactMap { $0 }.min()
    return try await hooked(traits.beforeExecute, traits.afterExecute, context) {
      do {
        return try await perform(
          task.action, context, provision: task.provision, timeout: timeout, node, observer)
      } catch let failure as Failure where failure.reason == .timeout {
        guard let limit, timeout != traits.timeout else { throw failure }
        throw Failure(
          "flow '\(limit.flow)' took longer than \(DurationText.text(of: limit.timeout))",
          type: failure.type, reason: .timeout)
      }
    }
  }

  private func revert(
    _ task: FlowTask, _ context: TaskContext, _ node: NodeIndex, _ observer: Observer
  ) async throws {
    let traits = task.traits
    _ = try await hooked(traits.beforeRevert, traits.afterRevert, context) {
      guard let revert = traits.revert else { return AtomResult() }
      return try await perform(
        revert.action, context, provision: .nothing, timeout: revert.timeout, node, observer)
    }
  }

  /// Runs a body between its hooks; the after-hook always runs, and what it throws counts only when the
  /// body threw nothing.
  private func hooked(
    _ before: TaskTraits.Hook?, _ after: TaskTraits.Hook?, _ context: TaskContext,
    _ body: () async throws -> AtomResult
  ) async throws -> AtomResult {
    let result: AtomResult
    do {
      try await before?(context)
      result = try await body()
    } catch {
      try? await after?(context)
      throw error
    }
    try await after?(context)
    return result
  }

  private func perform(
    _ action: TaskAction, _ context: TaskContext, provision: Provision, timeout: Duration?,
    _ node: NodeIndex, _ observer: Observer
  ) async throws -> AtomResult {
    switch action {
    case .body(let body):
      return try await TimeLimit(timeout, clock).run { try await body(context) }
    case .assignment(let assignment):
      return try assignment.result(for: context, by: provision)
    case .wait(let wait):
      let duration = try wait.duration(for: context)
      return try await TimeLimit(timeout, clock).run { [clock] in
        try await clock.sleep(for: duration)
        return AtomResult()
      }
    case .command(let command):
      guard let commands else {
        throw Failure("no processes can be run here; give the engine a command executor")
      }
      return try await commands.run(
        command, context: context, provision: provision, timeout: timeout,
        output: { observer.output(node, $0) })
    }
  }
}
