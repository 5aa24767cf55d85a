/// The index of a node of a plan, in declaration order.
public typealias NodeIndex = Int32

/// One node of the execution graph (semantics 2.1).
public struct PlanNode: Sendable, Hashable {
  /// What a node is.
  public enum Kind: Sendable, Hashable {
    /// A task: the index in ``Plan/tasks``.
    case task(Int32)
    /// A retry controller: the index in ``Plan/controllers``.
    case retry(Int32)
    /// The start of a flow.
    case flowStart
    /// The end of a flow.
    case flowEnd
  }

  /// What it is.
  public var kind: Kind

  /// The flow that it belongs to, as an index in ``Plan/flows``: its own for a flow's start and end.
  public var flow: Int32

  /// The controller in whose area of influence it is, or `nil`.
  ///
  /// A flow's own controller, start and end belong to the next controller out.
  public var controller: NodeIndex?

  /// Whether it is a task or a retry controller.
  public var isAtom: Bool {
    switch kind {
    case .task, .retry: true
    case .flowStart, .flowEnd: false
    }
  }

  /// Whether it is a task.
  public var isTask: Bool {
    if case .task = kind { true } else { false }
  }
}
