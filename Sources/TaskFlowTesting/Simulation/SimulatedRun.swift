package import FlowEngine
package import TaskFlow

/// A run of a machine whose calls end as a script says and when a test says.
///
/// It is a value: a copy goes on by itself, so that a test can try each choice. Its invariants are checked
/// at every step.
package struct SimulatedRun: Sendable {
  /// A call that has begun and not ended.
  package struct PendingCall: Sendable {
    /// The atom.
    package var node: NodeIndex
    /// Which of its methods is called.
    package var action: TaskContext.Action
    /// What it is given.
    package var call: MachineAction.Call
  }

  /// What can happen next.
  package enum Choice: Sendable, Hashable {
    /// The call of an atom ends.
    case end(NodeIndex)
    /// The call of an atom fails, whatever the script says.
    case fail(NodeIndex)
    /// The pause of a controller ends.
    case endPause(NodeIndex)
    /// The run is asked to stop.
    case suspend
    /// The call of an atom is given up.
    case interrupt(NodeIndex)
  }

  /// The machine.
  package private(set) var machine: RunMachine

  /// What has to hold at each step.
  package internal(set) var invariants: RunInvariants

  /// The calls under way, in the order in which they began.
  package private(set) var calls: [PendingCall] = []

  /// The controllers whose pauses are under way, in the order in which they began.
  package private(set) var pauses: [NodeIndex] = []

  /// The choices that were taken.
  package private(set) var choices: [Choice] = []

  /// The run as a store would have it, if it is stored.
  package private(set) var stored: StoredRun?

  private let script: RunScript
  private let runner: AtomRunner
  private let answersControllersAtOnce: Bool
  private var executions: [Int]
  private var reverts: [Int]

  /// A run that has started.
  ///
  /// - Parameters:
  ///   - answersControllersAtOnce: whether calls of controllers end as soon as they begin, as in an engine.
  ///   - isSuspended: whether the run is asked to stop before it starts.
  ///   - isStored: whether it is stored at each step, so that it can crash.
  package init(
    plan: Plan, inputs: [String: BoxedValue] = [:], options: RunOptions = RunOptions(),
    script: RunScript = RunScript(), answersControllersAtOnce: Bool = true,
    isSuspended: Bool = false, isStored: Bool = false
  ) {
    machine = RunMachine(plan: plan, inputs: inputs, options: options)
    invariants = RunInvariants(plan: plan, options: options)
    runner = AtomRunner(plan: plan)
    self.script = script
    self.answersControllersAtOnce = answersControllersAtOnce
    executions = Array(repeating: 0, count: plan.nodes.count)
    reverts = executions
    if isStored {
      stored = (try? RunHead(id: "run", plan: plan, inputs: inputs)).map {
        StoredRun(head: $0, owner: .current)
      }
      machine.keepJournal()
    }
    if isSuspended { handle(.suspend) }
    note(machine.start())
    answerControllers()
  }

  /// Whether the run has ended.
  package var isOver: Bool { calls.isEmpty && pauses.isEmpty }

  /// Ends the call or the pause of an atom, or stops the run.
  package mutating func take(_ choice: Choice) {
    choices.append(choice)
    switch choice {
    case .end(let node):
      guard let index = calls.firstIndex(where: { $0.node == node }) else { return }
      end(calls.remove(at: index))
    case .fail(let node):
      guard let index = calls.firstIndex(where: { $0.node == node }) else { return }
      let failure = Failure("failure")
      handle(
        calls.remove(at: index).action == .execute
          ? .executionFailed(node, failure) : .revertFailed(node, failure))
    case .interrupt(let node):
      calls.removeAll { $0.node == node }
      handle(.interrupted(node))
    case .endPause(let node):
      pauses.removeAll { $0 == node }
      handle(.pauseEnded(node))
    case .suspend:
      handle(.suspend)
    }
    answerControllers()
    if isOver { invariants.checkEnd(of: machine) }
  }

  /// Takes the run up again after its end.
  package mutating func takeUp() {
    invariants.willTakeUp()
    note(machine.resume())
    answerControllers()
    if isOver { invariants.checkEnd(of: machine) }
  }

  /// The run after its engine has died, taken up again from what is stored; one that had ended is as it ended.
  ///
  /// - Throws: ``StoreFailure`` when it is not stored.
  package func crashed() throws -> SimulatedRun {
    guard let stored else { throw StoreFailure.unknown("run") }
    var run = self
    run.machine = try machine.restored(from: stored)
    run.calls = []
    run.pauses = []
    guard run.machine.flowState.isUnfinished else { return run }
    run.machine.keepJournal()
    run.invariants.willTakeUpAfterCrash()
    run.note(run.machine.resume())
    run.answerControllers()
    return run
  }

  private mutating func end(_ call: PendingCall) {
    handle(answer(to: call))
  }

  mutating func answer(to call: PendingCall) -> MachineEvent {
    let node = Int(call.node)
    switch call.action {
    case .execute: executions[node] += 1
    case .revert: reverts[node] += 1
    }
    if machine.plan.controller(at: call.node) != nil,
      let answer = runner.answer(call.node, call.action, call.call)
    {
      return answer
    }
    let number = call.action == .execute ? executions[node] : reverts[node]
    return script.answer(call, number: number, in: machine.plan)
  }

  private mutating func answerControllers() {
    guard answersControllersAtOnce else { return }
    while let index = calls.firstIndex(where: { !machine.plan.nodes[Int($0.node)].isTask }) {
      end(calls.remove(at: index))
    }
  }

  private mutating func handle(_ event: MachineEvent) {
    invariants.willHandle(event)
    note(machine.handle(event))
  }

  private mutating func note(_ actions: [MachineAction]) {
    if stored != nil {
      do {
        stored?.apply(try machine.takeChanges())
      } catch {
        invariants.violate(.runEnds, "can't be stored: \(error)")
      }
    }
    for action in actions {
      switch action {
      case .execute(let node, let call):
        calls.append(PendingCall(node: node, action: .execute, call: call))
      case .revert(let node, let call):
        calls.append(PendingCall(node: node, action: .revert, call: call))
      case .pause(let node, _):
        pauses.append(node)
      case .cancelPause(let node):
        pauses.removeAll { $0 == node }
      case .atomChanged, .calledAgain, .resultLacks, .decided, .flowChanged:
        break
      }
    }
    invariants.check(actions, of: machine)
  }
}
