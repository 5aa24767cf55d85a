/// One edge of the execution graph: the first node is done before the second starts.
public struct PlanEdge: Sendable, Hashable {
  /// Why there is an edge.
  public enum Reason: UInt8, Sendable, Hashable {
    /// It joins a flow's start, controller and end to its children.
    case structure
    /// The children of a linear flow follow each other.
    case sequence
    /// The second reads what the first provides: see ``Plan/symbols(of:)``.
    case data
    /// Somebody asked for it.
    case link
  }

  /// The node that is done first.
  public var source: NodeIndex

  /// The node that starts after it.
  public var target: NodeIndex

  /// Why there is an edge.
  public var reason: Reason

  /// What decides whether the second is run: an index in ``Plan/linkDeciders``, or `nil`.
  public var decider: Int32?

  var symbols: Range<Int32> = 0..<0
}
