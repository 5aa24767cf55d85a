public import TaskFlow

/// What a run does when its tasks do nothing, and fail only where somebody says so.
///
/// It is made by the machine of real runs, so both decide alike. All calls that are under way end together,
/// so a step is what could run side by side; failures are seen first, and what they keep from being begun is
/// not begun. Conditions are taken as true unless they are to be asked. Values are known that are given, and
/// those that a task sets whatever it reads; all others stand for lists of one entry, so a controller that tries
/// the values of such a list tries one. A filter of failures sees ones that say "it fails".
public struct RunRehearsal: Sendable {
  /// Something that fails.
  public struct Failing: Sendable, Hashable {
    /// The name of a task.
    public var task: String
    /// The attempt that fails, from 1; each when `nil`.
    public var attempt: Int?
    /// Whether it is its revert that fails.
    public var isRevert: Bool

    /// Something that fails.
    public init(task: String, attempt: Int? = nil, isRevert: Bool = false) {
      self.task = task
      self.attempt = attempt
      self.isRevert = isRevert
    }
  }

  /// A call of a task's method.
  public struct Call: Sendable, Hashable {
    /// The task.
    public var node: NodeIndex
    /// Which method.
    public var action: TaskContext.Action
    /// From 1.
    public var attempt: Int
    /// Whether it fails.
    public var fails: Bool
  }

  /// What could run side by side, and what followed from its end.
  public struct Step: Sendable, Hashable {
    /// The calls.
    public var calls: [Call]
    /// What controllers decided, in order.
    public var decisions: [Decision] = []
    /// The controllers that failed themselves, with nothing to try.
    public var failures: [ControllerFailure] = []
  }

  /// The failure of a controller.
  public struct ControllerFailure: Sendable, Hashable {
    /// The controller.
    public var controller: NodeIndex
    /// What it says, in one phrase.
    public var message: String
  }

  /// What a controller decided about a failure.
  public struct Decision: Sendable, Hashable {
    /// The controller.
    public var controller: NodeIndex
    /// What it decided.
    public var decision: RetryDecision
  }

  /// The steps, in order; of a run that makes very many calls the first ones.
  public private(set) var steps: [Step] = []

  /// How many calls came after those steps.
  public private(set) var untoldCalls = 0

  /// Whether the run was given up before its end, since it makes more calls than anybody waits for.
  public private(set) var isCut = false

  /// The controllers that tried the one entry of a list that nobody knows.
  public private(set) var assuming: [NodeIndex] = []

  /// The run as it ended.
  public private(set) var machine: RunMachine

  private let runner: AtomRunner
  private let failing: Set<Failing>
  private var open: [Call] = []
  private var decisions: [Decision] = []
  private var failures: [ControllerFailure] = []

  /// So many calls are told for each atom at most.
  private static let mostToldCallsPerAtom = 1_000

  /// So many are made beyond those that are told; each attempt costs as much as its history is long.
  private static let mostUntoldCalls = 30_000

  /// Rehearses a run.
  ///
  /// - Parameters:
  ///   - plan: what would be run.
  ///   - inputs: the values that the flow would be given, as far as they are known.
  ///   - failing: what fails.
  ///   - options: the rules of the run.
  ///   - conditions: the tasks whose conditions are asked, since what they read is known.
  /// - Complexity: linear in the number of calls and in the size of the plan.
  public init(
    of plan: Plan, inputs: [String: BoxedValue] = [:], failing: Set<Failing> = [],
    options: RunOptions = RunOptions(), asking conditions: Set<NodeIndex> = []
  ) {
    var inputs = inputs
    for input in plan.inputs where inputs[input.symbol] == nil {
      inputs[input.symbol] = input.defaultValue.map { BoxedValue($0) }
    }
    for symbol in plan.inputSymbols where inputs[symbol] == nil { inputs[symbol] = Self.unknown }
    self.failing = failing
    runner = AtomRunner(plan: plan)
    machine = RunMachine(
      tables: RunTables(plan, asking: conditions), inputs: inputs, options: options)
    machine.tellsChanges = false
    var left = plan.atoms.count * Self.mostToldCallsPerAtom
    perform(machine.start())
    note()
    while !open.isEmpty {
      left -= open.count
      guard left > -Self.mostUntoldCalls else {
        isCut = true
        return
      }
      endStep(isTold: left > 0)
    }
  }

  /// A value that nobody knows: it can be read as a list of one entry.
  private static let unknown = BoxedValue(unknownList)
  private static let unknownList = FlowValue.list([.null])

  /// Ends all that is under way, and notes what follows.
  private mutating func endStep(isTold: Bool) {
    let calls = open
    open = []
    for call in calls where call.fails { perform(machine.handle(event(of: call))) }
    for call in calls where !call.fails { perform(machine.handle(event(of: call))) }
    if isTold { steps.append(Step(calls: calls)) } else { untoldCalls += calls.count }
    note()
  }

  /// Notes what controllers did since the last step, with that step; what they did first is with the first.
  private mutating func note() {
    guard !decisions.isEmpty || !failures.isEmpty else { return }
    if untoldCalls == 0 {
      if steps.isEmpty { steps.append(Step(calls: [])) }
      steps[steps.count - 1].decisions += decisions
      steps[steps.count - 1].failures += failures
    }
    decisions = []
    failures = []
  }

  private func event(of call: Call) -> MachineEvent {
    switch (call.action, call.fails) {
    case (.execute, true): .executionFailed(call.node, Failure("it fails"))
    case (.execute, false):
      .executed(
        call.node,
        AtomResult(
          elements: machine.plan.provision(of: call.node).items.indices.map { index in
            machine.plan.task(at: call.node)?.constantValue(at: index) ?? Self.unknown
          }))
    case (.revert, true): .revertFailed(call.node, Failure("it can't be undone"))
    case (.revert, false): .reverted(call.node)
    }
  }

  /// Does what the machine wants; what needs no waiting is answered at once.
  private mutating func perform(_ first: [MachineAction]) {
    var actions = first[...]
    while let action = actions.popFirst() {
      switch action {
      case .execute(let node, let call): begin(node, .execute, call, &actions)
      case .revert(let node, let call): begin(node, .revert, call, &actions)
      case .pause(let node, _): actions += machine.handle(.pauseEnded(node))
      case .decided(let node, let decision):
        decisions.append(Decision(controller: node, decision: decision))
      case .cancelPause, .atomChanged, .calledAgain, .resultLacks, .flowChanged: break
      }
    }
  }

  private mutating func begin(
    _ node: NodeIndex, _ action: TaskContext.Action, _ call: MachineAction.Call,
    _ actions: inout ArraySlice<MachineAction>
  ) {
    if let answer = runner.answer(node, action, call) {
      noteController(node, answer, call)
      actions += machine.handle(answer)
      return
    }
    let task = machine.plan.name(of: node)
    let fails = [call.attempt, nil].contains { attempt in
      failing.contains(Failing(task: task, attempt: attempt, isRevert: action == .revert))
    }
    open.append(Call(node: node, action: action, attempt: call.attempt, fails: fails))
  }

  private mutating func noteController(
    _ node: NodeIndex, _ answer: MachineEvent, _ call: MachineAction.Call
  ) {
    if case .executionFailed(_, let failure) = answer {
      failures.append(ControllerFailure(controller: node, message: failure.message))
    }
    guard case .executed = answer, let controller = machine.plan.controller(at: node),
      case .parameterizedForEach = controller.strategy, !assuming.contains(node),
      let value = try? call.arguments(of: node, in: machine.plan).values.first??.flowValue(),
      value == Self.unknownList
    else { return }
    assuming.append(node)
  }
}

extension FlowTask {
  /// What it sets at a position of its provision, when that is the same whatever it reads.
  func constantValue(at index: Int) -> BoxedValue? {
    guard case .assignment(let assignment) = action, assignment.sources.indices.contains(index)
    else { return nil }
    switch assignment.sources[index] {
    case .constant(let value): return BoxedValue(value)
    case .template(let template):
      guard template.symbols.isEmpty else { return nil }
      return (try? template.evaluate { _ in nil }).map { BoxedValue($0) }
    }
  }
}
