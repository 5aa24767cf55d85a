package import FlowEngine
package import TaskFlow

/// Holds every step of a run against the laws that each run obeys.
///
/// It follows the states by what the machine tells, and decides by the definitions, over all ancestors
/// and whole cones: it shares nothing with the machine's own bookkeeping.
package struct RunInvariants: Sendable {
  /// A law that did not hold.
  package struct Violation: Sendable, CustomStringConvertible {
    /// The law.
    package var law: RunLaw
    /// What happened.
    package var message: String

    /// The law and what happened.
    package var description: String { "\(law.rawValue): \(message)" }
  }

  /// What did not hold, in the order in which it came up.
  package private(set) var violations: [Violation] = []

  let plan: Plan
  let options: RunOptions
  let ancestors: [[NodeIndex]]
  let cones: [[NodeIndex]]
  var states: [AtomState]
  var runs: [Int32]
  /// Atoms that failed and were not reset since.
  var failed: Set<NodeIndex> = []
  var outcomes: [NodeIndex: Bool] = [:]
  var interrupted: Set<NodeIndex> = []
  var isStopped = false
  var isHalted = false
  var mustUndoAll = false

  /// Controllers that alone were asked about a failure last, and said REVERT.
  var mustRevert: Set<NodeIndex> = []

  private var flowState = FlowState.pending
  /// Whether the run is about to go on after its end.
  private var isTakenUp = false
  private var underWay: Set<NodeIndex> = []
  private var pausing: Set<NodeIndex> = []

  /// Laws for runs of a plan.
  ///
  /// Complexity: quadratic in the size of the plan.
  package init(plan: Plan, options: RunOptions) {
    self.plan = plan
    self.options = options
    states = Array(repeating: .pending, count: plan.nodes.count)
    runs = Array(repeating: 0, count: plan.nodes.count)
    let edges = plan.edges.map { (from: $0.source, to: $0.target) }
    cones = plan.reach(along: edges)
    ancestors = plan.reach(along: edges.map { (from: $0.to, to: $0.from) })
  }

  package mutating func violate(_ law: RunLaw, _ message: String) {
    violations.append(Violation(law: law, message: message))
  }

  /// - Parameter message: is given the laws, to ask them for names.
  mutating func expect(_ holds: Bool, _ law: RunLaw, _ message: (RunInvariants) -> String) {
    if !holds { violate(law, message(self)) }
  }

  func name(_ node: NodeIndex) -> String { plan.name(of: node) }

  func names(_ nodes: some Sequence<NodeIndex>) -> [String] { nodes.map { name($0) }.sorted() }

  // MARK: What the machine is told

  /// Notes what the machine is about to be told.
  package mutating func willHandle(_ event: MachineEvent) {
    switch event {
    case .executed(let node, _):
      underWay.remove(node)
      outcomes[node] = true
    case .executionFailed(let node, _):
      underWay.remove(node)
      outcomes[node] = false
    case .reverted(let node), .revertFailed(let node, _):
      underWay.remove(node)
    case .interrupted(let node):
      underWay.remove(node)
      interrupted.insert(node)
      isStopped = true
    case .suspend:
      isStopped = true
    case .pauseEnded(let node):
      pausing.remove(node)
    }
  }

  /// Notes that the run is about to be taken up again.
  package mutating func willTakeUp() {
    if flowState == .reverted {
      let violations = violations
      self = RunInvariants(plan: plan, options: options)
      self.violations = violations
      flowState = .reverted
    }
    interrupted = []
    isStopped = false
    isTakenUp = true
  }

  /// Notes that the engine has died, and another is about to take the run up.
  package mutating func willTakeUpAfterCrash() {
    if !flowState.isFinal { flowState = .resuming }
    underWay = []
    pausing = []
    willTakeUp()
  }

  // MARK: What it does

  /// Checks what the machine did.
  package mutating func check(_ actions: [MachineAction], of machine: RunMachine) {
    var started: [NodeIndex] = []
    var lastFailed: NodeIndex?
    for action in actions {
      expect(!flowState.isFinal || isTakenUp, .runEnds) { _ in "something follows the end" }
      switch action {
      case .atomChanged(let node, let old, let new, let attempt, let failure):
        let isFailure = new == .failure || new == .revertFailure
        expect((failure != nil) == isFailure, .failuresAreToldApart) { laws in
          "\(laws.name(node)) is \(new), told with \(String(describing: failure))"
        }
        checkChange(of: node, from: old, to: new)
        if new == .running { started.append(node) }
        if isFailure { lastFailed = node }
        expect(attempt == Int(runs[Int(node)]), .attemptsAreCounted) { laws in
          "\(laws.name(node)) is \(new) in attempt \(attempt) of \(laws.runs[Int(node)])"
        }
      case .execute(let node, let call):
        begin(node, expecting: .running)
        expect(call.attempt == Int(runs[Int(node)]), .attemptsAreCounted) { laws in
          "\(laws.name(node)) is told attempt \(call.attempt) in its run \(laws.runs[Int(node)])"
        }
      case .revert(let node, let call):
        begin(node, expecting: .reverting)
        checkRevertCall(of: node, call)
      case .decided(let node, let decision):
        checkDecision(of: node, decision, about: lastFailed)
      case .flowChanged(let old, let new):
        checkFlowChange(from: old, to: new)
      case .pause(let node, _):
        pausing.insert(node)
        expect(!isStopped && !isHalted, .nothingStartsAfterAStop) { laws in
          "\(laws.name(node)) pauses"
        }
      case .cancelPause(let node):
        pausing.remove(node)
      case .calledAgain, .resultLacks:
        break
      }
    }
    // A failure on the way may have changed the intentions after the starts.
    if lastFailed == nil { checkIntentions(before: started, in: machine) }
    for node in pausing {
      expect(machine.intentions[Int(node)] == .retry, .pausesAreGivenUp) { laws in
        "\(laws.name(node)) pauses, and is not to try again"
      }
    }
    expect(machine.attempts == runs, .attemptsAreCounted) { laws in
      "\(machine.attempts), ran \(laws.runs)"
    }
    expect(atoms.allSatisfy { machine.states[Int($0)] == states[Int($0)] }, .stateChangesAreLegal) {
      _ in "a state changed and nobody was told"
    }
  }

  var atoms: [NodeIndex] { plan.atoms }

  private mutating func begin(_ node: NodeIndex, expecting state: AtomState) {
    expect(states[Int(node)] == state, .stateChangesAreLegal) { laws in
      "\(laws.name(node)) is called, not \(state)"
    }
    expect(underWay.insert(node).inserted, .stateChangesAreLegal) { laws in
      "\(laws.name(node)) is called twice"
    }
    let limit = options.concurrencyLimit ?? .max
    expect(underWay.count <= limit, .limitIsKept) { laws in "\(laws.underWay.count) run at once" }
    for flow in plan.flows {
      guard let limit = flow.concurrencyLimit, flow.nodes.contains(node) else { continue }
      let running = underWay.count { flow.nodes.contains($0) }
      expect(running <= limit.count, .limitIsKept) { _ in "\(running) of \(flow.name) run at once" }
    }
  }

  private mutating func checkRevertCall(of node: NodeIndex, _ call: MachineAction.Call) {
    let succeeded: Bool? =
      switch call.outcome {
      case .success: true
      case .failure: false
      case .interrupted: nil
      }
    let expected = failed.contains(node) ? false : outcomes[node]
    expect(succeeded == expected, .revertIsToldWhatHappened) { laws in
      "\(laws.name(node)) is told \(call.outcome), but success was \(String(describing: expected))"
    }
    let names = Set(failed.map { name($0) })
    expect(Set(call.flowFailures.keys) == names, .revertIsToldWhatHappened) { laws in
      "\(laws.name(node)) is told the failures of \(call.flowFailures.keys.sorted()), not \(names.sorted())"
    }
  }

  private mutating func checkIntentions(before started: [NodeIndex], in machine: RunMachine) {
    for node in started {
      let undone = ancestors[Int(node)].filter { ancestor in
        let intention = machine.intentions[Int(ancestor)]
        return intention == .revert || intention == .retry
      }
      expect(undone.isEmpty, .nothingStartsBeforeItsAncestorsAreDone) { laws in
        "\(laws.name(node)) starts, and \(laws.names(undone)) are to be undone"
      }
    }
  }

  private mutating func checkDecision(
    of node: NodeIndex, _ decision: RetryDecision, about failed: NodeIndex?
  ) {
    expect(!options.neverResolves, .neverResolveAsksNobody) { laws in "\(laws.name(node)) is asked"
    }
    let isOutermost = plan.nodes[Int(node)].controller == nil
    if decision == .revertAll
      || decision == .revert && options.defersReverts && isOutermost
    {
      mustUndoAll = true
    }
    if decision == .revert, isOutermost, let failed, plan.nodes[Int(failed)].controller == node {
      mustRevert.insert(node)
    }
  }

  private mutating func checkFlowChange(from old: FlowState, to new: FlowState) {
    let isLegal =
      switch (old, new) {
      case (.pending, .running), (.running, .suspending), (.suspending, .suspended): true
      case (.running, let new), (.suspending, let new): new.isFinal && new != .suspended
      case (.resuming, .suspended), (.suspended, .running), (.success, .running),
        (.failure, .running),
        (.reverted, .pending):
        isTakenUp
      default: false
      }
    expect(isLegal && old == flowState, .stateChangesAreLegal) { _ in
      "the run goes from \(old) to \(new)"
    }
    flowState = new
    if new == .running { isTakenUp = false }
    if new.isFinal {
      expect(underWay.isEmpty, .runEnds) { laws in "ends while \(laws.names(laws.underWay)) run" }
    }
  }
}
