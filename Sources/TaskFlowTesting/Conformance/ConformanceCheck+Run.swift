import FlowEngine
import TaskFlow

extension ConformanceCheck {
  /// In which order bodies end that run at the same time.
  public enum CompletionOrder: Sendable {
    /// One after another, as they started.
    case serial
    /// In an order that a seeded generator chooses.
    case random(seed: UInt64)
  }

  /// What differs in what a case leads to, one phrase each; empty when it is one of the recorded outcomes.
  public static func outcomeDifferences(
    of recorded: ConformanceCase, order: CompletionOrder
  ) async throws -> [String] {
    guard !recorded.outcomes.isEmpty else { return [] }
    let script = ConformanceScript()
    let flow = try script.flow(of: recorded.flow)
    guard let plan = Compiler(store: Set(recorded.store.keys)).compile(flow).plan else {
      return ["is refused"]
    }
    let options = RunOptions(
      defersReverts: recorded.defersReverts, neverResolves: recorded.neverResolves,
      revertFailure: .halt)
    let machine = RunMachine(
      plan: plan, inputs: recorded.store.mapValues { BoxedValue($0) }, options: options)
    var course = ConformanceCourse(machine: machine, order: order)
    await course.run()
    let ours = try course.outcome(calls: script.recordedCalls, store: recorded.store)
    if recorded.outcomes.contains(where: { $0.isOutcome(ours) }) { return [] }
    let closest =
      recorded.outcomes.first { $0["sequences"] == ours["sequences"] } ?? recorded.outcomes[0]
    return ours.entries?.keys.sorted().compactMap { key in
      guard let value = ours[key], let expected = closest[key], value != expected else {
        return nil
      }
      return "\(key): \(FlowValueJSON.text(of: value)), "
        + "recorded \(FlowValueJSON.text(of: expected))"
    } ?? []
  }
}

extension FlowValue {
  /// Whether another outcome says the same under each key that is recorded.
  fileprivate func isOutcome(_ other: FlowValue) -> Bool {
    (entries ?? [:]).allSatisfy { key, value in other[key] == value }
  }
}

/// One run of a recorded case, with the states that it goes through.
private struct ConformanceCourse {
  private var machine: RunMachine
  private let runner: AtomRunner
  private let order: ConformanceCheck.CompletionOrder
  private var started: [(NodeIndex, TaskContext.Action, MachineAction.Call)] = []
  private var sequences: [String: [FlowValue]] = [:]
  private var flowStates: [FlowValue] = []
  private var random: UInt64 = 0

  init(machine: RunMachine, order: ConformanceCheck.CompletionOrder) {
    self.machine = machine
    self.order = order
    runner = AtomRunner(plan: machine.plan)
    if case .random(let seed) = order { random = seed &* 2 &+ 1 }
  }

  /// What was started together ends in any order, but before what starts after it: so it was recorded.
  mutating func run() async {
    note(machine.start())
    while !started.isEmpty {
      var batch = started
      started = []
      while !batch.isEmpty {
        let (node, action, call) = batch.remove(at: nextIndex(below: batch.count))
        note(machine.handle(await runner.run(node, action, call)))
      }
    }
  }

  private mutating func nextIndex(below count: Int) -> Int {
    guard case .random = order else { return 0 }
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((random >> 33) % UInt64(count))
  }

  private mutating func note(_ actions: [MachineAction]) {
    for action in actions {
      switch action {
      case .execute(let node, let call): started.append((node, .execute, call))
      case .revert(let node, let call): started.append((node, .revert, call))
      case .atomChanged(let node, _, let state, _, _):
        sequences[machine.plan.name(of: node), default: []].append(.string(state.recorded))
      case .flowChanged(_, let state): flowStates.append(.string(state.recorded))
      case .pause, .cancelPause, .calledAgain, .resultLacks, .decided: break
      }
    }
  }

  func outcome(calls: [String: FlowValue], store: [String: FlowValue]) throws -> FlowValue {
    let plan = machine.plan
    var atoms: [String: FlowValue] = [:]
    var results = store.filter { plan.providerCount(of: $0.key) == 0 }
    for node in plan.atoms {
      atoms[plan.name(of: node)] = [
        "state": .string(machine.states[Int(node)].recorded),
        "intention": .string(machine.intentions[Int(node)].recorded),
      ]
      guard machine.states[Int(node)] == .success else { continue }
      for (index, item) in plan.provision(of: node).items.enumerated()
      where plan.providerCount(of: item.symbol) == 1 && store[item.symbol] == nil {
        results[item.symbol] = try machine.result(of: node)?.elements[index]?.flowValue()
      }
    }
    let raises = machine.flowState == .failure || machine.flowState == .reverted
    var outcome: [String: FlowValue] = [
      "atoms": .map(atoms), "flow_states": .list(flowStates), "calls": .map(calls),
      "sequences": .map(sequences.mapValues { .list($0) }), "raises": .bool(raises),
    ]
    if machine.flowState == .success { outcome["results"] = .map(results) }
    return .map(outcome)
  }
}

extension Plan {
  fileprivate func providerCount(of symbol: String) -> Int {
    atoms.reduce(0) { $0 + provision(of: $1).items.count { $0.symbol == symbol } }
  }
}

extension AtomState {
  fileprivate var recorded: String {
    switch self {
    case .pending: "PENDING"
    case .running: "RUNNING"
    case .success: "SUCCESS"
    case .failure: "FAILURE"
    case .reverting: "REVERTING"
    case .reverted: "REVERTED"
    case .revertFailure: "REVERT_FAILURE"
    case .retrying: "RETRYING"
    case .ignored: "IGNORE"
    }
  }
}

extension Intention {
  fileprivate var recorded: String {
    switch self {
    case .execute: "EXECUTE"
    case .revert: "REVERT"
    case .retry: "RETRY"
    case .ignore: "IGNORE"
    }
  }
}

extension FlowState {
  fileprivate var recorded: String {
    switch self {
    case .pending: "PENDING"
    case .running: "RUNNING"
    case .suspending: "SUSPENDING"
    case .suspended: "SUSPENDED"
    case .resuming: "RESUMING"
    case .success: "SUCCESS"
    case .failure: "FAILURE"
    case .reverted: "REVERTED"
    }
  }
}
