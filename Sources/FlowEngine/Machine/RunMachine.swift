import DequeModule
import FlowGraph
public import TaskFlow

/// A run of a plan as a value: it takes an event and says what is to be done.
///
/// It never waits, has no clock and no randomness, and does nothing itself: whoever drives it calls the
/// atoms and tells it what came of that. A copy is a run of its own, so tests can go every way from any
/// point. Rules: semantics 4 to 9.
///
/// ```swift
/// var machine = RunMachine(plan: plan, inputs: inputs)
/// var actions = machine.start()
/// // … call what is to be executed, then:
/// actions = machine.handle(.executed(node, result))
/// ```
public struct RunMachine: Sendable {
  let tables: RunTables
  /// The rules of the run.
  public internal(set) var options: RunOptions
  let inputs: [String: BoxedValue]

  /// The state of each node; that of a flow's start and end says nothing.
  public internal(set) var states: [AtomState]

  /// What is to become of each node.
  public internal(set) var intentions: [Intention]

  /// How often each atom was executed.
  public internal(set) var attempts: [Int32]

  /// The state of the run.
  public internal(set) var flowState = FlowState.pending

  /// Failures that led to the end of the run, in the order in which they happened.
  public internal(set) var failures: [MachineFailure] = []

  /// Failures of attempts after which a retry began.
  public internal(set) var recoveredFailures: [MachineFailure] = []

  /// Failures of reverts: with one the run is dirty.
  public internal(set) var revertFailures: [MachineFailure] = []

  /// Failures of reverts that somebody accepted: what should have been undone is left as it was.
  public internal(set) var acceptedReverts: [MachineFailure] = []

  /// How often what happened.
  public internal(set) var statistics = RunStatistics()

  var results: [AtomResult?]
  var ownFailures: [Failure?]
  var failureLog = FailureLog()
  /// How many failures there were.
  var failureCount = 0
  var histories: [History]
  var ready: StartQueue
  var passed: Passage
  /// `nil` until something is to be undone, which most runs never come to.
  var undone: Passage?
  var runningCount = 0
  var settledCount = 0
  var pausing: Set<NodeIndex> = []
  var isSuspended = false
  /// Atoms whose calls were given up, and are made again when the run is taken up.
  var interrupted: Set<NodeIndex> = []
  /// Whether nothing more is started, since a revert failed that halts the run, or nothing is resolved.
  public internal(set) var isHalted = false
  var revertsEverything = false
  var actions: Deque<MachineAction> = []
  /// Whether each change of an atom is among the actions; whoever has no use for them is faster without.
  var tellsChanges = true
  var visits: Visits
  var freed: [NodeIndex] = []
  /// What a store has not been told yet; `nil` when nothing is stored.
  var journal: MachineJournal?

  /// A run that has not started.
  ///
  /// - Parameters:
  ///   - plan: what is run.
  ///   - inputs: the values that the flow is given, by symbol.
  ///   - options: the rules of the run.
  public init(plan: Plan, inputs: [String: BoxedValue] = [:], options: RunOptions = RunOptions()) {
    self.init(tables: RunTables(plan), inputs: inputs, options: options)
  }

  init(tables: RunTables, inputs: [String: BoxedValue], options: RunOptions) {
    let count = tables.isAtom.count
    self.tables = tables
    self.options = options
    self.inputs = inputs
    states = Array(repeating: .pending, count: count)
    intentions = Array(repeating: .execute, count: count)
    attempts = Array(repeating: 0, count: count)
    results = Array(repeating: nil, count: count)
    ownFailures = Array(repeating: nil, count: count)
    histories = Array(repeating: History(), count: tables.plan.controllers.count)
    visits = Visits(count: count)
    ready = StartQueue(tables.limits)
    passed = tables.passed
  }

  /// The plan that is run.
  public var plan: Plan { tables.plan }

  /// Whether a revert failed, so that something is neither done nor undone.
  public var isDirty: Bool { !revertFailures.isEmpty }

  /// What an atom returned, while it counts as done.
  public func result(of node: NodeIndex) -> AtomResult? { results[Int(node)] }

  /// The attempts of a controller.
  public func history(of controller: NodeIndex) -> History? {
    guard !tables.isTask[Int(controller)],
      case .retry(let index) = plan.nodes[Int(controller)].kind
    else { return nil }
    return histories[Int(index)]
  }

  /// Starts the run; what is ready at once is among the actions.
  public mutating func start() -> [MachineAction] {
    begin()
    return takeActions()
  }

  /// Starts the run; what is to be done is left in `actions`.
  mutating func begin() {
    guard flowState == .pending else { return }
    changeFlow(to: .running)
    if isSuspended { changeFlow(to: .suspending) }
    for index in states.indices where tables.isAtom[index] && passed.open[index] == 0 {
      enqueue(NodeIndex(index))
    }
    startReady()
  }

  /// Takes an event, and says what is to be done.
  ///
  /// Events about atoms that are not running are not taken: they have no meaning.
  public mutating func handle(_ event: MachineEvent) -> [MachineAction] {
    take(event)
    return takeActions()
  }

  /// Takes an event; what is to be done is left in `actions`.
  mutating func take(_ event: consuming MachineEvent) {
    switch consume event {
    case .executed(let node, let result) where states[Int(node)] == .running:
      end(node)
      succeed(node, result)
    case .executionFailed(let node, let failure) where states[Int(node)] == .running:
      end(node)
      fail(node, failure)
    case .reverted(let node) where states[Int(node)] == .reverting:
      end(node)
      finishRevert(node)
    case .revertFailed(let node, let failure) where states[Int(node)] == .reverting:
      end(node)
      failRevert(node, failure)
    case .interrupted(let node)
    where states[Int(node)] == .running || states[Int(node)] == .reverting:
      end(node)
      interrupted.insert(node)
      suspend()
    case .pauseEnded(let node) where pausing.remove(node) != nil:
      enqueue(node)
      resumed.insert(node)
    case .suspend:
      suspend()
    default:
      return
    }
    startReady()
  }

  /// Counts a call of an atom that is to be made.
  mutating func count(callOf node: NodeIndex) {
    runningCount += 1
    ready.begin(node)
  }

  private mutating func end(_ node: NodeIndex) {
    runningCount -= 1
    ready.end(node)
  }

  /// Atoms whose reverts failed and are to be called again.
  var retriedReverts: Set<NodeIndex> = []

  /// How often the revert of an atom failed and that was settled on request.
  var failedReverts: [NodeIndex: Int] = [:]

  /// Atoms that are run at most once, and of which somebody said that they are to be called again.
  var calledAgain: Set<NodeIndex> = []

  /// Controllers whose pause is over and which have not started again.
  var resumed: Set<NodeIndex> = []

  private mutating func suspend() {
    isSuspended = true
    if flowState == .running { changeFlow(to: .suspending) }
    for node in pausing.sorted() {
      actions.append(.cancelPause(node))
      enqueue(node)
    }
    pausing = []
  }

  mutating func takeActions() -> [MachineAction] {
    // A copy of nothing writes to what all empty arrays share.
    guard !actions.isEmpty else { return [] }
    defer { actions = [] }
    return Array(actions)
  }

  // MARK: Changes

  mutating func enqueue(_ node: NodeIndex) {
    ready.insert(node, priority: tables.priority[Int(node)])
  }

  mutating func change(_ node: NodeIndex, to state: AtomState, by failure: Failure? = nil) {
    let old = states[Int(node)]
    guard old != state else { return }
    assert(old.canBecome(state), "\(plan.name(of: node)) can't go from \(old) to \(state)")
    states[Int(node)] = state
    note(node)
    statistics.count(state)
    settledCount += (state.isDone ? 1 : 0) - (old.isDone ? 1 : 0)
    if tellsChanges {
      actions.append(
        .atomChanged(
          node, from: old, to: state, attempt: Int(attempts[Int(node)]), failure))
    }
    if passed.isOwn[Int(node)] != state.isDone {
      passed.set(node, ownSettled: state.isDone, freed: &freed)
    }
    undone?.set(node, ownSettled: state.isUndone, freed: &freed)
    guard !freed.isEmpty else { return }
    for node in freed where tables.isAtom[Int(node)] { enqueue(node) }
    freed.removeAll(keepingCapacity: true)
  }

  mutating func changeFlow(to state: FlowState) {
    guard flowState != state else { return }
    assert(flowState.canBecome(state), "a flow can't go from \(flowState) to \(state)")
    actions.append(.flowChanged(from: flowState, to: state))
    flowState = state
  }
}

extension AtomState {
  /// Whether it counts as done for what comes after it.
  var isDone: Bool { self == .success || self == .ignored }

  /// Whether nothing of it is left for what comes before it.
  var isUndone: Bool { self == .pending || self == .reverted || self == .ignored }
}
