public import FlowDiagnostics

/// How far a decider's no reaches (semantics 9.3).
public enum SkipDepth: String, Sendable, Hashable, Codable, CaseIterable {
  /// Everything that the atom leads to.
  case all
  /// What tasks alone lead to, without passing the start, the end or the controller of a flow.
  case flow
  /// The atom and its direct successors that are tasks.
  case neighbors
  /// The atom alone.
  case atom
}

extension SkipDepth: Comparable {
  /// A narrower depth is less than a wider one.
  public static func < (left: SkipDepth, right: SkipDepth) -> Bool {
    left.reach < right.reach
  }

  private var reach: Int {
    switch self {
    case .atom: 0
    case .neighbors: 1
    case .flow: 2
    case .all: 3
    }
  }
}

/// A decider on a link: it sees the results of the atoms that the link comes from.
public struct LinkDecider: Sendable {
  /// Says whether the atom behind the link is run. It is asked when the atom is otherwise ready, with
  /// the results of the deciding atoms that were not skipped, by name; what it throws is the failure
  /// of the atom.
  public var decide: @Sendable ([String: AtomResult]) throws -> Bool

  /// How far a no reaches.
  public var depth: SkipDepth

  /// What it asks, in words, for pictures.
  public var summary: String?

  /// A decider.
  public init(
    depth: SkipDepth = .all,
    summary: String? = nil,
    decide: @escaping @Sendable ([String: AtomResult]) throws -> Bool
  ) {
    self.decide = decide
    self.depth = depth
    self.summary = summary
  }
}

/// A decider in front of a task that reads symbols as the task itself does.
public struct Condition: Sendable {
  /// What it reads.
  public var requirements: [Requirement]

  /// Says whether the task is run; what it throws is the failure of the task.
  public var decide: @Sendable (Arguments) throws -> Bool

  /// How far a no reaches.
  public var depth: SkipDepth

  /// The condition as it is written, for pictures.
  public var summary: String

  /// Where it is written.
  public var span: SourceSpan

  /// A condition.
  public init(
    requirements: [Requirement],
    depth: SkipDepth = .all,
    summary: String,
    span: SourceSpan,
    decide: @escaping @Sendable (Arguments) throws -> Bool
  ) {
    self.requirements = requirements
    self.decide = decide
    self.depth = depth
    self.summary = summary
    self.span = span
  }
}
