/// What is to be drawn of a flow: boxes, frames and lines with their words, without any geometry.
///
/// It is the seam between a compiled plan and every picture format. Indices refer to positions in
/// `nodes` and `clusters`; `defect` says whether they all hold. Every text may be any text: each
/// writer escapes for its own format.
package struct Drawing: Codable, Hashable, Sendable {
  /// The name of the picture, for screen readers and headings.
  package var title: String
  /// The picture in words, such as "9 tasks in 5 tiers; 1 retry".
  package var description: String
  /// The direction in which time goes.
  package var direction: Direction
  /// The boxes, in declaration order.
  package var nodes: [Node]
  /// The frames; each comes after the one that it is in.
  package var clusters: [Cluster]
  /// The lines, in declaration order.
  package var edges: [Edge]

  package init(
    title: String,
    description: String = "",
    direction: Direction = .leftToRight,
    nodes: [Node] = [],
    clusters: [Cluster] = [],
    edges: [Edge] = [],
  ) {
    self.title = title
    self.description = description
    self.direction = direction
    self.nodes = nodes
    self.clusters = clusters
    self.edges = edges
  }

  /// The direction in which time goes.
  package enum Direction: String, Codable, Hashable, Sendable {
    case leftToRight
    case topToBottom
  }

  /// What is special about a node or an edge, apart from the state of a run.
  package enum Mark: String, Codable, Hashable, Sendable, CaseIterable {
    /// It is part of a dependency cycle.
    case inCycle
    /// It provides what something else provides as well.
    case conflict
    /// It is needed and is not there, or it needs what is not there.
    case missing
    /// It has the name of something else, or something else has its name.
    case sameName
    /// It is on the longest path, which bounds the time of a run.
    case critical

    /// Whether the mark says that the flow is invalid.
    package var isDefect: Bool { self != .critical }

    var words: String {
      switch self {
      case .inCycle: "in a dependency cycle"
      case .conflict: "in conflict"
      case .missing: "needs a missing symbol"
      case .sameName: "with a name that is used twice"
      case .critical: "on the critical path"
      }
    }
  }

  /// From this many tasks on, symbol labels move to tooltips.
  package static let labelledTaskLimit = 40

  /// Whether symbol labels are left to tooltips, since there are too many tasks for them.
  package var hidesSymbolLabels: Bool {
    nodes.count { $0.kind == .task } >= Drawing.labelledTaskLimit
  }
}
