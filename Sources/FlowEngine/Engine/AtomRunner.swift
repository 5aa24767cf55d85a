public import TaskFlow

/// Runs the processes of tasks, and knows what is secret; the engine is given one, so that it can be
/// replaced.
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

  /// What came of a task, without the secrets that values can make up together.
  func masked(_ outcome: Result<AtomResult, any Error>) -> Result<AtomResult, any Error>
}

extension CommandExecutor {
  /// What came of a task as it is, for executors without secrets.
  public func masked(_ outcome: Result<AtomResult, any Error>) -> Result<AtomResult, any Error> {
    outcome
  }
}

/// Calls the methods of the atoms of one run.
package final class AtomRunner: Sendable {
  let plan: Plan
  let clock: any Clock<Duration>
  let commands: (any CommandExecutor)?
  let announcer: Announcer
  private let notify: @Sendable (TaskContext.CallID, TaskContext.Notice) -> Void

  init(
    plan: Plan, clock: any Clock<Duration>, commands: (any CommandExecutor)?, announcer: Announcer
  ) {
    self.plan = plan
    self.clock = clock
    self.commands = commands
    self.announcer = announcer
    notify = { call, notice in
      switch notice {
      case .progress(let fraction): announcer.report(fraction, during: call)
      case .told(let name, let details):
        announcer.tell(.told(call.node, name, details), during: call)
      }
    }
  }

  /// A caller of the atoms of a plan whom nobody listens to, and who runs no processes.
  package convenience init(plan: Plan) {
    self.init(
      plan: plan, clock: ContinuousClock(), commands: nil,
      announcer: Announcer(nodeCount: 0, elapsed: { .zero }, listeners: []))
  }

  /// The outcome of a call that needs no waiting, or `nil` for one that does.
  package func answer(
    _ node: NodeIndex, _ action: TaskContext.Action, _ call: MachineAction.Call
  ) -> MachineEvent? {
    if let controller = plan.controller(at: node) {
      return answer(node, controller, action, call)
    }
    guard action == .revert, let task = plan.task(at: node), !task.hasRevert else { return nil }
    return .reverted(node)
  }

  private func answer(
    _ node: NodeIndex, _ controller: RetryController, _ action: TaskContext.Action,
    _ call: MachineAction.Call
  ) -> MachineEvent {
    let history = call.history ?? History()
    do {
      switch action {
      case .execute:
        let value = try controller.strategy.execute(
          history: history, arguments: call.arguments(of: node, in: plan))
        return .executed(
          node, AtomResult(whole: value, elements: controller.provision.items.map { _ in value }))
      case .revert:
        if case .custom(let policy) = controller.strategy {
          try policy.revert(history: history, arguments: call.arguments(of: node, in: plan))
        }
        return .reverted(node)
      }
    } catch {
      let failure = Failure(error)
      return action == .execute ? .executionFailed(node, failure) : .revertFailed(node, failure)
    }
  }

  /// Calls an atom's method and says what came of it.
  package func run(
    _ node: NodeIndex, _ action: TaskContext.Action, _ call: MachineAction.Call
  ) async -> MachineEvent {
    await run(AtomCall(id: TaskContext.CallID(node: node, number: 0), action: action, call: call))
  }

  /// Calls an atom's method and says what came of it.
  ///
  /// What a method throws after the current task was cancelled is no failure of it: it was interrupted.
  func run(_ atomCall: AtomCall) async -> MachineEvent {
    let node = atomCall.node
    guard let task = plan.task(at: node) else {
      return answer(node, atomCall.action, atomCall.call) ?? .reverted(node)
    }
    let context = TaskContext(
      task, action: atomCall.action, attempt: atomCall.call.attempt,
      values: atomCall.call.values, past: atomCall.call.past, call: atomCall.id, notify: notify)
    do {
      switch atomCall.action {
      case .execute:
        // Most tasks are a body and nothing else, and need no way but this.
        if atomCall.limit == nil, let body = task.plainBody {
          return .executed(node, try await body(context))
        }
        return .executed(node, try await execute(task, context, atomCall))
      case .revert:
        try await revert(task, context, atomCall.id)
        return .reverted(node)
      }
    } catch {
      if Task.isCancelled { return .interrupted(node) }
      let failure = Failure(error)
      return atomCall.action == .execute
        ? .executionFailed(node, failure) : .revertFailed(node, failure)
    }
  }

  private func execute(
    _ task: FlowTask, _ context: TaskContext, _ call: AtomCall
  ) async throws -> AtomResult {
    let limit = call.limit
    let traits = task.traits
    let timeout = [traits.timeout, limit?.remaining].compactMap { $0 }.min()
    return try await hooked(traits.beforeExecute, traits.afterExecute, context) {
      do {
        return try await perform(
          task.action, context, provision: task.provision, timeout: timeout, call.id)
      } catch let failure as Failure where failure.reason == .timeout {
        guard let limit, timeout != traits.timeout else { throw failure }
        throw Failure(
          "flow '\(limit.flow)' took longer than \(DurationText.text(of: limit.timeout))",
          type: failure.type, reason: .timeout)
      }
    }
  }

  private func revert(
    _ task: FlowTask, _ context: TaskContext, _ call: TaskContext.CallID
  ) async throws {
    let traits = task.traits
    _ = try await hooked(traits.beforeRevert, traits.afterRevert, context) {
      guard let revert = traits.revert else { return AtomResult() }
      return try await perform(
        revert.action, context, provision: .nothing, timeout: revert.timeout, call)
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
    _ call: TaskContext.CallID
  ) async throws -> AtomResult {
    switch action {
    case .body(let body):
      return try await TimeLimit(timeout, clock).run { try await body(context) }
    case .assignment(let assignment):
      let outcome = Result { try assignment.result(for: context, by: provision) }
      return try (commands?.masked(outcome) ?? outcome).get()
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
        output: { [announcer] in announcer.tell(.output(call.node, $0), during: call) })
    }
  }
}
