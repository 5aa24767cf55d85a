public import FlowDiagnostics

/// How the children of a flow are ordered.
public enum FlowPattern: String, Sendable, Hashable, Codable, CaseIterable {
  /// One after another, as they are listed.
  case linear
  /// In no order; they must not depend on each other.
  case unordered
  /// Each after those that provide what it requires, and as links say.
  case graph
}

/// A task or a nested flow.
public enum FlowItem: Sendable {
  /// A task.
  case task(FlowTask)
  /// A nested flow.
  case flow(Flow)
}

/// A flow: tasks and flows in a pattern, with a retry controller if it wants one.
///
/// A flow is a value: a copy can be extended without changing the original. Compile it to find out what
/// is wrong with it, to draw it, or to run it.
///
/// ```swift
/// let flow = Flow.linear("deploy") {
///   build
///   Flow.unordered("rollout", retry: .times("rollout-retry", attempts: 2)) {
///     canary
///     promote
///   }
/// }
/// ```
public struct Flow: Sendable {
  /// The name, unique in the whole flow.
  public var name: String

  /// How its children are ordered.
  public var pattern: FlowPattern

  /// What decides about failures in it.
  public var retry: RetryController?

  /// Links between children, by hand.
  public var links: [Link] = []

  /// In a graph, the child that is kept with all that it needs; all children when `nil`.
  public var target: Target?

  /// What it is given from outside; only those of the outermost flow count.
  public var inputs: [FlowInput] = []

  /// What its processes need and nobody else may see; only those of the outermost flow count.
  public var secrets: [FlowSecret] = []

  /// What it is for, in words.
  public var summary: String?

  /// How long it may take, or `nil` for as long as it takes.
  public var timeout: Duration?

  /// How many of its atoms may run at once, those of nested flows too, at least 1; `nil` for as many as are
  /// ready.
  public var concurrencyLimit: Limit?

  /// What the linter may find about it and all that is in it without telling.
  public var allowances: [FindingAllowance] = []

  /// Where it is declared.
  public var span: SourceSpan

  private(set) var children: ChildList

  /// A link that a child is done before another starts.
  public struct Link: Sendable {
    /// The name of the child that comes first.
    public var source: String
    /// The name of the child that comes after it.
    public var target: String
    /// What decides whether the second is run.
    public var decider: LinkDecider?
    /// Where it is declared.
    public var span: SourceSpan

    /// A link.
    public init(source: String, target: String, decider: LinkDecider? = nil, span: SourceSpan) {
      self.source = source
      self.target = target
      self.decider = decider
      self.span = span
    }
  }

  /// The child that a targeted graph keeps.
  public struct Target: Sendable, Hashable {
    /// The child's name.
    public var name: String
    /// Where it is written.
    public var span: SourceSpan

    /// A target.
    public init(name: String, span: SourceSpan) {
      self.name = name
      self.span = span
    }
  }

  /// How many atoms of a flow may run at once.
  public struct Limit: Sendable, Hashable {
    /// How many, at least 1.
    public var count: Int
    /// Where it is written.
    public var span: SourceSpan

    /// A limit; numbers below 1 count as 1.
    public init(_ count: Int, span: SourceSpan) {
      self.count = max(1, count)
      self.span = span
    }
  }

  /// A flow with these children; Swift programs use the functions with result builders.
  public init(
    name: String, pattern: FlowPattern, retry: RetryController? = nil, items: [FlowItem] = [],
    span: SourceSpan
  ) {
    self.name = name
    self.pattern = pattern
    self.retry = retry
    self.span = span
    children = ChildList(items)
  }

  /// The children, in declaration order.
  public var items: [FlowItem] { children.items }

  /// Adds a child at the end. Complexity: constant on average, for the only holder of the flow.
  public mutating func append(_ item: FlowItem) {
    if isKnownUniquelyReferenced(&children) {
      children.append(item)
    } else {
      children = ChildList(children.items + [item])
    }
  }

  /// Puts other children in the place of its own.
  mutating func replaceItems(with items: [FlowItem]) { children = ChildList(items) }

  /// Adds a task at the end.
  public mutating func append(_ task: FlowTask) { append(.task(task)) }

  /// Adds a nested flow at the end.
  public mutating func append(_ flow: Flow) { append(.flow(flow)) }

  /// The flow, of whose atoms no more than so many run at once, those of nested flows too.
  ///
  /// Of what is ready, that of a higher priority is started first.
  ///
  /// - Parameter limit: how many; numbers below 1 count as 1.
  public func atMost(
    _ limit: Int, fileID: String = #fileID, line: Int = #line, column: Int = #column
  ) -> Flow {
    var flow = self
    flow.concurrencyLimit = Limit(
      limit, span: SourceSpan(file: fileID, line: line, column: column))
    return flow
  }

  /// Has the child `source` done before the child `target` starts.
  public mutating func link(
    from source: String, to target: String, decider: LinkDecider? = nil, fileID: String = #fileID,
    line: Int = #line, column: Int = #column
  ) {
    links.append(
      Link(
        source: source, target: target, decider: decider,
        span: SourceSpan(file: fileID, line: line, column: column)))
  }
}
