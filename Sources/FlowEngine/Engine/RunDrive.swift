import TaskFlow

/// One run under way: the machine, and what it waits for.
///
/// Events come through one stream, so the machine and the listeners see one order.
struct RunDrive {
  private var machine: RunMachine
  private let runner: AtomRunner
  private let engine: Engine
  private let listener: @Sendable (RunEvent) -> Void
  private let elapsed: @Sendable () -> Duration
  private let mailbox: AsyncStream<Message>
  private let post: AsyncStream<Message>.Continuation

  /// Answers that need no waiting, in order.
  private var answers: [MachineEvent] = []
  private var pauses: [NodeIndex: Task<Void, Never>] = [:]
  private var failures: [NodeIndex: Failure] = [:]
  private var deadlines: [Int32: Duration] = [:]

  private enum Message: Sendable {
    case event(MachineEvent)
    case progress(NodeIndex, Double)
    case output(NodeIndex, TaskOutput)
  }

  init(machine: RunMachine, engine: Engine, listener: @escaping @Sendable (RunEvent) -> Void) {
    self.machine = machine
    self.engine = engine
    self.listener = listener
    elapsed = stopwatch(engine.clock)
    (mailbox, post) = AsyncStream.makeStream()
    runner = AtomRunner(plan: machine.plan, clock: engine.clock, commands: engine.commands)
  }

  /// Runs to the end, or until it is suspended.
  consuming func run(control: RunControl) async -> RunReport {
    let post = post
    control.connect { post.yield(.event(.suspend)) }
    defer { control.disconnect() }
    var drive = self
    return await withTaskCancellationHandler {
      await withDiscardingTaskGroup { group in
        await drive.run(in: &group)
      }
    } onCancel: {
      control.suspend()
    }
  }

  private mutating func run(in group: inout DiscardingTaskGroup) async -> RunReport {
    perform(machine.start(), in: &group)
    var messages = mailbox.makeAsyncIterator()
    while !machine.flowState.isFinal {
      if !answers.isEmpty {
        for event in takeAnswers() { take(event, in: &group) }
        continue
      }
      guard let message = await messages.next() else { break }
      switch message {
      case .event(let event): take(event, in: &group)
      case .progress(let node, let fraction): tell(.progress(node, fraction))
      case .output(let node, let output): tell(.output(node, output))
      }
    }
    for pause in pauses.values { pause.cancel() }
    return RunReport(of: machine, duration: elapsed())
  }

  private mutating func takeAnswers() -> [MachineEvent] {
    defer { answers = [] }
    return answers
  }

  private mutating func take(_ event: MachineEvent, in group: inout DiscardingTaskGroup) {
    switch event {
    case .executionFailed(let node, let failure), .revertFailed(let node, let failure):
      failures[node] = failure
    case .pauseEnded(let node):
      pauses[node] = nil
    default:
      break
    }
    perform(machine.handle(event), in: &group)
  }

  private mutating func perform(
    _ actions: [MachineAction], in group: inout DiscardingTaskGroup
  ) {
    for action in actions {
      switch action {
      case .execute(let node, let call), .revert(let node, let call):
        begin(node, call, in: &group)
      case .pause(let node, let retry):
        pause(node, retry: retry)
      case .cancelPause(let node):
        pauses.removeValue(forKey: node)?.cancel()
      case .atomChanged(let node, let old, let new):
        let failure = new == .failure || new == .revertFailure ? failures[node] : nil
        let attempt = Int(machine.attempts[Int(node)])
        tell(.atomChanged(node, from: old, to: new, attempt: attempt, failure))
      case .resultLacks(let node, let symbol):
        tell(.resultLacks(node, symbol: symbol))
      case .decided(let node, let decision):
        tell(.decided(node, decision))
      case .flowChanged(let old, let new):
        tell(.flowChanged(from: old, to: new))
      }
    }
  }

  private func tell(_ kind: RunEvent.Kind) {
    listener(RunEvent(elapsed: elapsed(), kind: kind))
  }

  private mutating func begin(
    _ node: NodeIndex, _ call: MachineAction.Call, in group: inout DiscardingTaskGroup
  ) {
    let action: TaskContext.Action =
      machine.states[Int(node)] == .reverting ? .revert : .execute
    if let answer = runner.answer(node, action, call) {
      answers.append(answer)
      return
    }
    let limit = action == .execute ? remainingTime(for: node) : nil
    let post = post
    let observer = AtomRunner.Observer(
      progress: { post.yield(.progress(node, $0)) },
      output: { post.yield(.output(node, $0)) })
    group.addTask { [runner] in
      post.yield(.event(await runner.run(node, action, call, limit: limit, observer)))
    }
  }

  private mutating func pause(_ node: NodeIndex, retry: Int) {
    let backoff = engine.plan.controller(at: node)?.backoff
    let delay = backoff?.delay(beforeRetry: retry, fraction: engine.random()) ?? .zero
    tell(.pausing(node, delay))
    let clock = engine.clock
    let post = post
    pauses[node] = Task {
      try? await clock.sleep(for: delay)
      if !Task.isCancelled { post.yield(.event(.pauseEnded(node))) }
    }
  }

  /// How long a task may take before the time of a flow around it is over; `nil` for as long as it takes.
  ///
  /// A flow's time starts with its first task, and covers all its attempts.
  private mutating func remainingTime(for node: NodeIndex) -> Duration? {
    var remaining: Duration?
    var next: Int32? = engine.plan.nodes[Int(node)].flow
    while let flow = next {
      let level = engine.plan.flows[Int(flow)]
      if let timeout = level.timeout {
        let now = elapsed()
        let isFresh = level.nodes.allSatisfy { inside in
          inside == node || machine.states[Int(inside)] == .pending
            || inside == level.retry && machine.history(of: inside)?.count ?? 0 <= 1
        }
        if deadlines[flow] == nil || isFresh { deadlines[flow] = now + timeout }
        let left = (deadlines[flow] ?? now) - now
        remaining = min(remaining ?? left, max(.zero, left))
      }
      next = level.parent
    }
    return remaining
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
