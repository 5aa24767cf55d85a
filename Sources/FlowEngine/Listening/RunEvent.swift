public import TaskFlow

/// What a run tells its listeners. All listeners of a run see the same order.
public struct RunEvent: Sendable {
  /// How long after the start of the run it happened.
  public var elapsed: Duration

  /// What happened.
  public var kind: Kind

  /// What can happen.
  public enum Kind: Sendable {
    /// The run has another state.
    case flowChanged(from: FlowState, to: FlowState)
    /// An atom has another state; with the failure that led to it, if one did.
    case atomChanged(NodeIndex, from: AtomState, to: AtomState, attempt: Int, Failure?)
    /// A call that was given up is made again, as the same attempt.
    case calledAgain(NodeIndex, TaskContext.Action, attempt: Int)
    /// A task told how much of its work is done, from 0 to 1.
    case progress(NodeIndex, Double)
    /// A task's process wrote a line.
    case output(NodeIndex, TaskOutput)
    /// A controller decided what a failure leads to.
    case decided(NodeIndex, RetryDecision)
    /// A controller's next attempt waits this long.
    case pausing(NodeIndex, Duration)
    /// A provided symbol has no value, since the result lacks it.
    case resultLacks(NodeIndex, symbol: String)
    /// A task told something of its own: see `TaskContext.tell(_:_:)`.
    case told(NodeIndex, String, FlowValue)
  }
}

extension RunEvent {
  /// The atom that it is about, or `nil` when it is about the whole run.
  public var atom: NodeIndex? {
    switch kind {
    case .flowChanged: nil
    case .atomChanged(let node, _, _, _, _), .calledAgain(let node, _, _), .progress(let node, _),
      .output(let node, _),
      .decided(let node, _), .pausing(let node, _), .resultLacks(let node, _),
      .told(let node, _, _):
      node
    }
  }

  /// Whether the run has ended with it; nothing follows.
  public var isLast: Bool {
    if case .flowChanged(_, let state) = kind { state.isFinal } else { false }
  }
}

/// One line, or a piece of a long one, that a task's process wrote.
public struct TaskOutput: Sendable, Hashable {
  /// Where it was written to.
  public enum Stream: Sendable, Hashable {
    case standardOutput
    case standardError
  }

  /// Where it was written to.
  public var stream: Stream

  /// The text, without its line feed.
  public var text: String

  /// A line.
  public init(stream: Stream, text: String) {
    self.stream = stream
    self.text = text
  }
}
