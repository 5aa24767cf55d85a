import DequeModule
import TaskFlow

/// One run under way: the machine, and what it waits for.
///
/// All that ends comes through one mailbox, which holds at most one message for each call and pause, so the
/// machine sees one order. A stop is looked for before each event, so nothing starts after it.
struct RunDrive {
  private var machine: RunMachine
  private let runner: AtomRunner
  private let engine: Engine
  private let elapsed: @Sendable () -> Duration
  private let announcer: Announcer
  private let mailbox = Mailbox<Message>()

  /// Answers that need no waiting, in order.
  private var answers: Deque<MachineEvent> = []
  private var messages: Deque<Message> = []
  private var pauses: [NodeIndex: Pause] = [:]
  private var pauseCount = 0
  private var times = FlowTimes()

  private enum Message: Sendable {
    case event(MachineEvent)
    case pauseEnded(NodeIndex, number: Int)
    /// The run was asked to stop.
    case stop
  }

  /// A pause under way. Its number tells it from an earlier one that was given up when it had just ended.
  private struct Pause {
    var number: Int
    var task: Task<Void, Never>
  }

  init(machine: RunMachine, engine: Engine, listener: @escaping @Sendable (RunEvent) -> Void) {
    self.machine = machine
    self.engine = engine
    elapsed = stopwatch(engine.clock)
    announcer = Announcer(
      nodeCount: machine.plan.nodes.count, elapsed: elapsed, listener: listener)
    runner = AtomRunner(plan: machine.plan, clock: engine.clock, commands: engine.commands)
  }

  /// Runs to the end, or until it is suspended.
  consuming func run(control: RunControl) async -> RunReport {
    control.connect { [mailbox] in mailbox.post(.stop) }
    defer { control.disconnect() }
    var drive = self
    return await withTaskCancellationHandler {
      await withDiscardingTaskGroup { group in
        await drive.run(until: control, in: &group)
      }
    } onCancel: {
      control.suspend()
    }
  }

  private mutating func run(
    until control: RunControl, in group: inout DiscardingTaskGroup
  ) async -> RunReport {
    if control.isSuspended { _ = machine.handle(.suspend) }
    perform(machine.start(), in: &group)
    while !machine.flowState.isFinal {
      if control.isSuspended, !machine.isSuspended {
        take(.suspend, in: &group)
      } else if let answer = answers.popFirst() {
        take(answer, in: &group)
      } else if let message = messages.popFirst() {
        receive(message, in: &group)
      } else {
        messages = Deque(await mailbox.take())
      }
    }
    return RunReport(of: machine, duration: elapsed())
  }

  private mutating func receive(_ message: Message, in group: inout DiscardingTaskGroup) {
    switch message {
    case .event(let event):
      take(event, in: &group)
    case .pauseEnded(let node, let number):
      guard pauses[node]?.number == number else { return }
      pauses[node] = nil
      take(.pauseEnded(node), in: &group)
    case .stop:
      break
    }
  }

  private mutating func take(_ event: MachineEvent, in group: inout DiscardingTaskGroup) {
    switch event {
    case .executed(let node, _), .executionFailed(let node, _), .reverted(let node),
      .revertFailed(let node, _), .interrupted(let node):
      announcer.endCall(of: node)
    case .pauseEnded, .suspend:
      break
    }
    perform(machine.handle(event), in: &group)
  }

  private mutating func perform(
    _ actions: [MachineAction], in group: inout DiscardingTaskGroup
  ) {
    for action in actions {
      switch action {
      case .execute(let node, let call):
        begin(node, .execute, call, in: &group)
      case .revert(let node, let call):
        begin(node, .revert, call, in: &group)
      case .pause(let node, let retry):
        pause(node, retry: retry, in: &group)
      case .cancelPause(let node):
        pauses.removeValue(forKey: node)?.task.cancel()
      case .atomChanged(let node, let old, let new, let attempt, let failure):
        announcer.tell(.atomChanged(node, from: old, to: new, attempt: attempt, failure))
      case .resultLacks(let node, let symbol):
        announcer.tell(.resultLacks(node, symbol: symbol))
      case .decided(let node, let decision):
        announcer.tell(.decided(node, decision))
      case .flowChanged(let old, let new):
        announcer.tell(.flowChanged(from: old, to: new))
      }
    }
  }

  private mutating func begin(
    _ node: NodeIndex, _ action: TaskContext.Action, _ call: MachineAction.Call,
    in group: inout DiscardingTaskGroup
  ) {
    // Controllers are looked at as well: the time of a flow starts with its first atom.
    let limit = action == .execute ? times.limit(for: node, in: machine, now: elapsed()) : nil
    if let answer = runner.answer(node, action, call) {
      answers.append(answer)
      return
    }
    let current = announcer.beginCall(of: node)
    let observer = AtomRunner.Observer(
      progress: { [announcer] in announcer.tell(.progress(node, $0), during: current) },
      output: { [announcer] in announcer.tell(.output(node, $0), during: current) })
    group.addTask { [runner, mailbox] in
      let event = await runner.run(node, action, call, limit: limit, observer)
      mailbox.post(.event(event))
    }
  }

  private mutating func pause(
    _ node: NodeIndex, retry: Int, in group: inout DiscardingTaskGroup
  ) {
    let backoff = engine.plan.controller(at: node)?.backoff
    let delay = backoff?.delay(beforeRetry: retry, fraction: engine.random()) ?? .zero
    announcer.tell(.pausing(node, delay))
    pauseCount += 1
    let task = Task { [clock = engine.clock, mailbox, number = pauseCount] in
      try? await clock.sleep(for: delay)
      if !Task.isCancelled { mailbox.post(.pauseEnded(node, number: number)) }
    }
    pauses[node] = Pause(number: pauseCount, task: task)
    // A task of its own can be cancelled alone; the group waits for it, so that none outlives the run.
    group.addTask { await task.value }
  }
}

extension FlowState {
  /// Whether nothing follows.
  var isFinal: Bool {
    switch self {
    case .success, .failure, .reverted, .suspended: true
    case .pending, .running, .suspending: false
    }
  }
}

/// A function that says how long ago it was made.
func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
  let start = clock.now
  return { start.duration(to: clock.now) }
}
