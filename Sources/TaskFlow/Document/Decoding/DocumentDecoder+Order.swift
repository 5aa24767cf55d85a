import FlowDiagnostics

/// The children of one flow, by the names that the file has for them.
struct Siblings {
  /// The children of each task that is not one child of its own name: one with a matrix is several, and
  /// one with a retry is a flow around it.
  private(set) var expanded: [String: [String]] = [:]

  /// What says which child comes after which.
  private(set) var order: [Order] = []

  struct Order {
    var name: String
    var after: DocumentNode
  }

  mutating func add(_ name: String, as children: [String]? = nil, after: DocumentNode?) {
    if let children { expanded[name] = children }
    if let after { order.append(Order(name: name, after: after)) }
  }
}

/// A name that no child of its flow has.
struct UnknownName {
  var name: String
  var flow: String
  var span: SourceSpan
  /// What it is needed for, as in `to put 'build' after`.
  var purpose: String
  var suggestion: String?
  /// The change that writes the suggestion.
  var fix: Fix?
}

/// Names as a flow's `after` and `target` have them.
private struct SiblingNames {
  let siblings: Siblings
  let known: Set<String>

  /// The names that can be written, in order.
  lazy var all = known.union(siblings.expanded.keys).sorted()

  init(_ siblings: Siblings, of flow: Flow) {
    self.siblings = siblings
    known = Set(flow.items.map(\.name))
  }

  /// The children that a name stands for, or `nil`.
  func children(of name: String) -> [String]? {
    siblings.expanded[name] ?? (known.contains(name) ? [name] : nil)
  }
}

extension DocumentDecoder {
  mutating func addLinks(of siblings: Siblings, to flow: inout Flow) {
    guard !siblings.order.isEmpty else { return }
    var names = SiblingNames(siblings, of: flow)
    for order in siblings.order {
      var wanted = strings(
        order.after, "a list of the names of tasks or flows", item: "the name of a task or flow")
      if let name = order.after.value(as: String.self),
        names.children(of: NameRules.normalized(name)) != nil
      {
        // What is meant is plain, so nothing that depends on it is left out.
        wanted = [(name, order.after)]
      } else if order.after.kind != .sequence || wanted.count < order.after.items.count {
        leaveOut(.order)
      }
      for (text, node) in wanted {
        let name = NameRules.normalized(text)
        guard let sources = names.children(of: name) else {
          note(
            name, in: flow, &names, at: node, for: "to put '\(order.name)' after")
          continue
        }
        if flow.pattern == .unordered {
          report(
            "unordered-dependency",
            "'\(order.name)' is put after '\(name)' in unordered flow '\(flow.name)'",
            at: node.span,
            help: "make the flow a graph, or drop the order")
          continue
        }
        link(sources, to: names.children(of: order.name) ?? [], in: &flow, at: node)
      }
    }
  }

  private mutating func link(
    _ sources: [String], to targets: [String], in flow: inout Flow, at node: DocumentNode
  ) {
    let count = sources.count * targets.count
    if count > 1, !admitExpansion(of: count, at: node.span) { return }
    for source in sources {
      for target in targets {
        flow.links.append(Flow.Link(source: source, target: target, span: node.span))
      }
    }
  }

  mutating func setTarget(_ node: DocumentNode?, of flow: inout Flow, _ siblings: Siblings) {
    guard let node else { return }
    guard let text = text(node, "the name of a child") else { return leaveOut(.providers) }
    guard flow.pattern == .graph else {
      return report(
        "wrong-value", "only a graph has a target", at: node.span,
        help: "make the flow a graph, or drop 'target'")
    }
    let name = NameRules.normalized(text)
    var names = SiblingNames(siblings, of: flow)
    guard let children = names.children(of: name) else {
      leaveOut(.providers)
      return note(name, in: flow, &names, at: node, for: "to keep")
    }
    if children.count > 1 {
      return report(
        "wrong-value",
        "'\(name)' is a matrix of \(children.count) tasks, and a target is one child",
        at: node.span, help: "add a task 'after: [\(name)]', and keep that")
    }
    flow.target = Flow.Target(name: children[0], span: node.span)
  }

  // MARK: Unknown names

  private mutating func note(
    _ name: String, in flow: Flow, _ names: inout SiblingNames, at node: DocumentNode,
    for purpose: String
  ) {
    leaveOut(.order)
    // More of them than are ever reported.
    guard unknownNames.count <= 1_000 else { return }
    suggestionsLeft -= 1
    let near = suggestionsLeft >= 0 ? Suggestion.nearest(to: name, among: names.all) : nil
    unknownNames.append(
      UnknownName(
        name: name, flow: flow.name, span: node.span, purpose: purpose, suggestion: near,
        fix: near.flatMap { node.replacing(with: $0) }))
  }

  /// Reports names that no child of their flow has, and says where they are if another flow has them.
  mutating func reportUnknownNames(in flow: Flow) {
    guard !unknownNames.isEmpty, !omissions.contains(.children) else { return }
    let family = Family(of: flow)
    for unknown in unknownNames {
      let quoted = QuotedName.of(unknown.name)
      let place = family.place(of: unknown.name, from: unknown.flow)
      report(
        "unknown-name", "flow '\(unknown.flow)' has no child \(quoted) \(unknown.purpose)",
        at: unknown.span,
        help: place?.help
          ?? unknown.suggestion.map { "did you mean '\($0)'?" } ?? "name a child of the same flow",
        related: place.map { [$0.related] } ?? [], fix: place == nil ? unknown.fix : nil)
    }
  }
}

extension DocumentDecoder {
  /// Reports what has the name of a task with a matrix: of the tasks that this becomes each has another name,
  /// but all of them are meant by it.
  mutating func reportMatrixNames(in outermost: Flow) {
    guard !matrixNames.isEmpty else { return }
    func check(_ name: String, _ span: SourceSpan) {
      guard let matrix = matrixNames[name], matrix != span else { return }
      report(
        "duplicate-name", "\(QuotedName.of(name)) is the name of a task with a matrix already",
        at: max(matrix, span), help: "rename one: each task and flow has a name of its own",
        related: [Finding.Related(span: min(matrix, span), message: "the other one is here")])
    }
    // The outermost flow is nobody's child, and so nothing is meant by its name.
    var open = [outermost]
    while let flow = open.popLast() {
      for item in flow.items {
        check(item.name, item.span)
        if case .flow(let nested) = item { open.append(nested) }
      }
    }
  }
}

extension FlowItem {
  /// Where the task or flow is declared.
  var span: SourceSpan {
    switch self {
    case .task(let task): task.span
    case .flow(let flow): flow.span
    }
  }

  /// The name of the task or flow.
  var name: String {
    switch self {
    case .task(let task): task.name
    case .flow(let flow): flow.name
    }
  }
}
