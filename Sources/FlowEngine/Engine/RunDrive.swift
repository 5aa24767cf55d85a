import DequeModule
import TaskFlow

/// One run under way: the machine, and what it waits for.
///
/// It is told what comes one message after another and gathers the calls that are to be made. A stop is
/// looked for before each event, so nothing starts after it.
struct RunDrive: Sendable {
  private var machine: RunMachine
  private let engine: Engine
  /// Who makes the calls.
  let runner: AtomRunner
  private let control: RunControl
  private let elapsed: @Sendable () -> Duration
  private let announcer: Announcer

  /// Calls that are to be made, in order.
  var calls: Deque<AtomCall> = []
  /// Pauses that have begun and are to be waited for at the end.
  var newPauses: [Task<Void, Never>] = []

  /// Answers that need no waiting, in order.
  private var answers: Deque<MachineEvent> = []
  private var actions: Deque<MachineAction> = []
  /// What is to be told once it is stored, in order.
  private var told: Deque<RunEvent.Kind> = []
  /// How often a call of each node began or ended; empty when nobody listens.
  private var callNumbers: [Int32]
  /// The calls that have ended or are to begin, before that is told.
  private var changedCalls: [TaskContext.CallID] = []
  /// Where the run is stored, if it is.
  private var journal: RunJournal?
  /// Whether the run is kept in a store; asked with each event, so not of the journal.
  let isStored: Bool
  /// Whether somebody is told what happens.
  var isHeard: Bool { announcer.hasListeners }
  /// Why the run could not be stored any more; nothing is done after that.
  private(set) var storeFailure: StoreFailure?
  private var pauses: [NodeIndex: Pause] = [:]
  private var pauseCount = 0
  private var times = FlowTimes()

  /// A pause under way. Its number tells it from an earlier one that was given up when it had just ended.
  private struct Pause {
    var number: Int
    var task: Task<Void, Never>
  }

  init(
    machine: RunMachine, engine: Engine, control: RunControl, listeners: [any RunListener],
    journal: RunJournal? = nil
  ) {
    self.machine = machine
    self.journal = journal
    isStored = journal != nil
    if journal != nil, machine.journal == nil { self.machine.keepJournal() }
    self.engine = engine
    self.control = control
    let elapsed = stopwatch(engine.clock)
    self.elapsed = elapsed
    announcer = Announcer(
      nodeCount: machine.states.count, elapsed: elapsed, listeners: listeners)
    callNumbers = Array(repeating: 0, count: listeners.isEmpty ? 0 : machine.states.count)
    runner = AtomRunner(
      plan: machine.plan, clock: engine.clock, commands: engine.commands, announcer: announcer)
    self.machine.tellsChanges = announcer.hasListeners
  }

  /// Whether nothing follows.
  var isOver: Bool { machine.flowState.isFinal || storeFailure != nil }

  /// Hands out the calls that are to be made.
  mutating func moveCalls(to others: inout Deque<AtomCall>) {
    if others.isEmpty { return swap(&calls, &others) }
    while let call = calls.popFirst() { others.append(call) }
  }

  /// Hands out the pauses that have begun.
  mutating func takePauses() -> [Task<Void, Never>] {
    defer { newPauses = [] }
    return newPauses
  }

  /// What became of the run.
  func report() -> RunReport {
    RunReport(
      of: machine, progress: announcer.progress, duration: elapsed(), storeFailure: storeFailure)
  }

  /// The state of the run.
  var state: FlowState { machine.flowState }

  /// Starts the run, or takes it up again.
  mutating func start(for mailbox: some RunMailbox) {
    machine.takeUp(isStopped: control.isSuspended)
    perform(for: mailbox)
    takeAnswers(for: mailbox)
  }

  /// Stores what was done since the last time and then tells it; only after that are calls handed out.
  ///
  /// When it can't be stored nothing of it is told, no call is made, and the run is given up.
  mutating func settle() {
    guard storeFailure == nil else { return }
    do throws(StoreFailure) {
      if isStored { try journal?.save(&machine) }
    } catch {
      storeFailure = error
      calls = []
      told = []
      for pause in pauses.values { pause.task.cancel() }
      return
    }
    announcer.tell(&told, calls: &changedCalls)
  }

  /// Takes what came.
  mutating func receive(_ message: consuming RunMessage, for mailbox: some RunMailbox) {
    guard storeFailure == nil else { return }
    stopIfAsked(for: mailbox)
    switch consume message {
    case .event(let event):
      take(event, for: mailbox)
    case .pauseEnded(let node, let number):
      guard pauses[node]?.number == number else { break }
      pauses[node] = nil
      take(.pauseEnded(node), for: mailbox)
    case .stop:
      break
    }
    takeAnswers(for: mailbox)
  }

  private mutating func takeAnswers(for mailbox: some RunMailbox) {
    while !answers.isEmpty {
      stopIfAsked(for: mailbox)
      if let answer = answers.popFirst() { take(answer, for: mailbox) }
    }
  }

  private mutating func stopIfAsked(for mailbox: some RunMailbox) {
    if !machine.isSuspended, control.isSuspended { take(.suspend, for: mailbox) }
  }

  private mutating func take(_ event: consuming MachineEvent, for mailbox: some RunMailbox) {
    guard isStored, let event = journal?.admit(event) else {
      pass(event, for: mailbox)
      // What is not stored first is told at once.
      if announcer.hasListeners { settle() }
      return
    }
    journal?.note(event)
    pass(event, for: mailbox)
  }

  /// Tells the machine what came, and does what it wants.
  private mutating func pass(_ event: consuming MachineEvent, for mailbox: some RunMailbox) {
    if case .executed(let node, _) = event { mark(1, of: node) }
    if let node = event.endedCall { _ = nextCall(of: node) }
    machine.take(event)
    perform(for: mailbox)
  }

  /// Marks that a call of `execute` begins or has succeeded; what its body said before is forgotten.
  private mutating func mark(_ fraction: Double, of node: NodeIndex) {
    note(.progress(node, fraction))
    announcer.forgetProgress(of: node)
  }

  /// Counts a call that begins or has ended; what one with another number tells is not heard.
  private mutating func nextCall(of node: NodeIndex) -> TaskContext.CallID {
    guard announcer.hasListeners else { return TaskContext.CallID(node: node, number: 0) }
    callNumbers[Int(node)] += 1
    let call = TaskContext.CallID(node: node, number: callNumbers[Int(node)])
    changedCalls.append(call)
    return call
  }

  private mutating func note(_ kind: RunEvent.Kind) {
    if announcer.hasListeners { told.append(kind) }
  }

  /// Does what the machine wants, but for what ``settle()`` does.
  private mutating func perform(for mailbox: some RunMailbox) {
    // The two change places, so that neither is allocated anew for each event.
    swap(&actions, &machine.actions)
    while let action = actions.popFirst() {
      switch action {
      case .execute(let node, let call):
        begin(node, .execute, call)
      case .revert(let node, let call):
        begin(node, .revert, call)
      case .pause(let node, let retry):
        pause(node, retry: retry, for: mailbox)
      case .cancelPause(let node):
        pauses.removeValue(forKey: node)?.task.cancel()
      case .atomChanged(let node, let old, let new, let attempt, let failure):
        note(.atomChanged(node, from: old, to: new, attempt: attempt, failure))
      case .calledAgain(let node, let action, let attempt):
        note(.calledAgain(node, action, attempt: attempt))
      case .resultLacks(let node, let symbol):
        note(.resultLacks(node, symbol: symbol))
      case .decided(let node, let decision):
        note(.decided(node, decision))
      case .flowChanged(let old, let new):
        note(.flowChanged(from: old, to: new))
      }
    }
  }

  private mutating func begin(
    _ node: NodeIndex, _ action: TaskContext.Action, _ call: consuming MachineAction.Call
  ) {
    var limit: FlowLimit?
    if action == .execute, machine.tables.isTask[Int(node)] { mark(0, of: node) }
    // Controllers are looked at as well: the time of a flow starts with its first atom.
    if action == .execute, machine.tables.hasTimedFlows {
      limit = times.limit(for: node, in: machine, now: elapsed())
    }
    if action == .revert || !machine.tables.isTask[Int(node)],
      let answer = runner.answer(node, action, call)
    {
      answers.append(answer)
      return
    }
    if isStored {
      journal?.begin(node, machine.tables.name(ofAtom: node), action, attempt: call.attempt)
    }
    calls.append(
      AtomCall(id: nextCall(of: node), action: action, call: call, limit: limit))
  }

  private mutating func pause(_ node: NodeIndex, retry: Int, for mailbox: some RunMailbox) {
    let backoff = engine.plan.controller(at: node)?.backoff
    let delay = backoff?.delay(beforeRetry: retry, fraction: engine.random()) ?? .zero
    note(.pausing(node, delay))
    pauseCount += 1
    // A task of its own can be cancelled alone; the run waits for it, so that none outlives the run.
    let task = Task { [clock = engine.clock, number = pauseCount] in
      try? await clock.sleep(for: delay)
      if !Task.isCancelled { mailbox.post(.pauseEnded(node, number: number)) }
    }
    pauses[node] = Pause(number: pauseCount, task: task)
    newPauses.append(task)
  }
}

/// A function that says how long ago it was made.
func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
  // Asked for each event, so not through the protocol.
  if let clock = clock as? ContinuousClock {
    let start = clock.now
    return { start.duration(to: .now) }
  }
  let start = clock.now
  return { start.duration(to: clock.now) }
}
