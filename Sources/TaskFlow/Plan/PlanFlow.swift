/// A flow of a plan, in the hierarchy beside the graph.
public struct PlanFlow: Sendable {
  /// Its name.
  public var name: String

  /// How its children are ordered.
  public var pattern: FlowPattern

  /// The flow around it, as an index in ``Plan/flows``; `nil` for the outermost.
  public var parent: Int32?

  /// How deep it is nested; 0 for the outermost.
  public var depth: Int32

  /// The node at which it starts.
  public var start: NodeIndex

  /// The node at which it ends; all nodes between `start` and `end` are in it.
  public var end: NodeIndex

  /// Its own controller.
  public var retry: NodeIndex?

  /// The children by their first nodes, a task or the start of a flow: in declaration order, those of
  /// a graph in topological order.
  public var children: [NodeIndex]

  /// What it is for, in words.
  public var summary: String?

  /// How long it may take, or `nil` for as long as it takes.
  public var timeout: Duration?

  /// How many of its atoms may run at once, those of nested flows too; `nil` for as many as are ready.
  public var concurrencyLimit: Flow.Limit?

  /// All its nodes, those of nested flows too.
  public var nodes: ClosedRange<NodeIndex> { start...end }
}
