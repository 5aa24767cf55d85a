public import TaskFlow

/// What a machine is told.
public enum MachineEvent: Sendable {
  /// `execute` of an atom returned.
  case executed(NodeIndex, AtomResult)
  /// `execute` of an atom failed.
  case executionFailed(NodeIndex, Failure)
  /// `revert` of an atom returned.
  case reverted(NodeIndex)
  /// `revert` of an atom failed.
  case revertFailed(NodeIndex, Failure)
  /// A call of an atom was given up before it ended, so nothing is known of it. Nothing new is started
  /// after that; the atom is called again when the run is taken up.
  case interrupted(NodeIndex)
  /// The pause before a controller's next attempt is over.
  case pauseEnded(NodeIndex)
  /// Nothing new is to be started.
  case suspend
}

extension MachineEvent {
  /// The atom whose call has ended with it, if one has.
  var endedCall: NodeIndex? {
    switch self {
    case .executed(let node, _), .executionFailed(let node, _), .reverted(let node),
      .revertFailed(let node, _), .interrupted(let node):
      node
    case .pauseEnded, .suspend:
      nil
    }
  }
}

/// What a machine wants done, in this order.
public enum MachineAction: Sendable {
  /// An atom's `execute` is to be called.
  case execute(NodeIndex, Call)
  /// An atom's `revert` is to be called.
  case revert(NodeIndex, Call)
  /// A pause before a controller's next attempt is to begin: which retry it is, from 1.
  case pause(NodeIndex, retry: Int)
  /// The pause before a controller's next attempt is to be given up; its end is not reported.
  case cancelPause(NodeIndex)
  /// An atom has another state; how often it was executed by then, and the failure that led to the state,
  /// if one did.
  case atomChanged(NodeIndex, from: AtomState, to: AtomState, attempt: Int, Failure?)
  /// A call that was given up is made again, as the same attempt; the call itself follows.
  case calledAgain(NodeIndex, TaskContext.Action, attempt: Int)
  /// A provided symbol has no value, since the result lacks it.
  case resultLacks(NodeIndex, symbol: String)
  /// A controller was asked what a failure leads to.
  case decided(NodeIndex, RetryDecision)
  /// The run has another state; nothing follows after a final one.
  case flowChanged(from: FlowState, to: FlowState)

  /// What is needed for a call of an atom's method.
  public struct Call: Sendable {
    /// Which attempt it is, from 1.
    public var attempt: Int
    /// The values that the method is given, in the order of its requirements.
    let values: [BoxedValue?]
    /// For `revert`, what became of `execute` and of the flow; for a controller, its attempts so far.
    let past: TaskContext.Past?

    /// A call of `revert`.
    init(
      attempt: Int, values: [BoxedValue?], outcome: TaskContext.Outcome,
      history: History?, failures: FailureLog, failedReverts: Int
    ) {
      self.attempt = attempt
      self.values = values
      past = TaskContext.Past(outcome, failures, history, failedReverts: failedReverts)
    }

    /// A call of `execute`.
    init(attempt: Int, values: [BoxedValue?], history: History?) {
      self.attempt = attempt
      self.values = values
      past = history.map { TaskContext.Past(.interrupted, FailureLog(), $0) }
    }

    /// The values that the method is given, by the names of its parameters.
    ///
    /// - Parameters:
    ///   - node: the atom that is to be called.
    ///   - plan: the plan that is run.
    public func arguments(of node: NodeIndex, in plan: Plan) -> Arguments {
      guard !values.isEmpty else { return .none }
      // A controller is given the same for both; only a revert has a past for a task.
      let isRevert = plan.nodes[Int(node)].isTask && past != nil
      return Arguments(plan.requirements(of: node, for: isRevert ? .revert : .execute), values)
    }

    /// For `revert`, what became of `execute`.
    public var outcome: TaskContext.Outcome { past?.outcome ?? .interrupted }

    /// For `revert`, the failures of the flow by atom name.
    public var flowFailures: [String: Failure] { past?.failures.byName ?? [:] }

    /// For a controller, its attempts so far.
    public var history: History? { past?.history }
  }
}
