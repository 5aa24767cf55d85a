import FlowDiagnostics
import TaskFlow

/// One reason why a node of a plan comes after another, with its place.
struct OrderReason: Hashable {
  /// What kind of reason it is.
  enum Kind: String {
    /// The second reads what the first provides.
    case reads
    /// The children of a linear flow follow each other.
    case listed
    /// Somebody asked for it.
    case put
    /// No more of a flow may run at once.
    case limit
  }

  let kind: Kind
  /// What comes first: an atom, or the end of a flow.
  let source: NodeIndex
  /// What comes after it: an atom, or the start of a flow.
  let target: NodeIndex
  /// What is read, if it is that.
  let symbols: [String]
  /// How many may run at once, if it is that.
  var limit: Int?
  /// Where it is written.
  let span: SourceSpan

  /// A task reads what an atom provides.
  init(_ target: NodeIndex, reads symbols: [String], of source: NodeIndex, at span: SourceSpan) {
    kind = .reads
    (self.source, self.target, self.symbols, self.span) = (source, target, symbols, span)
  }

  /// A task waits until there is room in a flow.
  init(_ target: NodeIndex, waitsForRoomIn flow: PlanFlow, limit: Flow.Limit) {
    kind = .limit
    self.limit = limit.count
    (source, self.target, symbols, span) = (flow.start, target, [], limit.span)
  }

  /// The reason of an edge; `nil` for one that only joins a flow to its children.
  init?(_ edge: PlanEdge, in plan: Plan, links: LinkPlaces) {
    switch edge.reason {
    case .structure: return nil
    case .sequence: kind = .listed
    case .link: kind = .put
    case .data: kind = .reads
    }
    (source, target) = (edge.source, edge.target)
    symbols = kind == .reads ? plan.symbols(of: edge) : []
    let link = kind == .put ? links.span(of: edge, in: plan) : nil
    span = link ?? plan.span(of: edge.target)
  }

  /// The reason in a sentence, as in `announce reads 'build_seen' of smoke-test`.
  func sentence(in plan: Plan) -> String {
    let subject = Self.name(of: target, in: plan)
    return switch kind {
    case .reads: "\(subject) reads \(list) of \(Self.name(of: source, in: plan))"
    case .listed: "\(subject) is listed after \(Self.name(of: source, in: plan))"
    case .put: "\(subject) is said to come after \(Self.name(of: source, in: plan))"
    case .limit: "\(subject) waits for room: \(room(in: plan))"
    }
  }

  /// The reason as a phrase behind a task's name, as in `reads 'digest' of build`.
  func phrase(behind task: NodeIndex, in plan: Plan) -> String {
    guard task == target else { return sentence(in: plan) }
    return switch kind {
    case .reads: "reads \(list) of \(Self.name(of: source, in: plan))"
    case .listed: "listed after \(Self.name(of: source, in: plan))"
    case .put: "said to come after \(Self.name(of: source, in: plan))"
    case .limit: room(in: plan)
    }
  }

  private func room(in plan: Plan) -> String {
    "\(Self.name(of: source, in: plan)) does no more than \(limit ?? 1) at once"
  }

  private var list: String { symbols.map { "'\($0)'" }.joined(separator: ", ") }

  /// For programs.
  func value(in plan: Plan) -> FlowValue {
    [
      "kind": .string(kind.rawValue), "before": .string(Self.name(of: source, in: plan)),
      "after": .string(Self.name(of: target, in: plan)),
      "symbols": .list(symbols.map { .string($0) }), "place": .string("\(span)"),
      "text": .string(sentence(in: plan)),
    ]
  }

  /// What a node is called, with what it is unless it is a task.
  private static func name(of node: NodeIndex, in plan: Plan) -> String {
    switch plan.nodes[Int(node)].kind {
    case .task: plan.name(of: node)
    case .retry: "retry \(plan.name(of: node))"
    case .flowStart, .flowEnd: "flow \(plan.name(of: node))"
    }
  }
}

/// Where the links of a flow are written, by the children that they join.
struct LinkPlaces {
  private struct Ends: Hashable {
    let source: String
    let target: String
  }

  private var spans: [Ends: SourceSpan] = [:]

  /// The links of a flow and of those in it. Complexity: linear in its size.
  init(of flow: Flow?) {
    var open = [flow].compactMap(\.self)
    while let flow = open.popLast() {
      for link in flow.links {
        let ends = Ends(source: link.source, target: link.target)
        if spans[ends] == nil { spans[ends] = link.span }
      }
      for case .flow(let nested) in flow.items { open.append(nested) }
    }
  }

  func span(of edge: PlanEdge, in plan: Plan) -> SourceSpan? {
    spans[Ends(source: plan.name(of: edge.source), target: plan.name(of: edge.target))]
  }
}
