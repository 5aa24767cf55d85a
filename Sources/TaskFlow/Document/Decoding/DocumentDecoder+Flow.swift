import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes a whole document.
  ///
  /// - Returns: `nil` when it is no mapping.
  mutating func document(_ root: DocumentNode) -> Flow? {
    guard let fields = fields(of: root, "a flow", keys: DocumentKeys.document) else { return nil }
    checkVersion(root, fields["tfgraph"])
    decodeDefaults(fields)
    let inputs = inputs(fields["inputs"])
    defaults.inputTypes = Dictionary(
      inputs.compactMap { input in input.type.map { (input.symbol, $0) } },
      uniquingKeysWith: { first, _ in first })
    var flow = self.flow(fields, at: root)
    flow.inputs = inputs
    return flow
  }

  /// `tfgraph: 1` comes first: so that a file says what it is before anything else.
  private mutating func checkVersion(_ root: DocumentNode, _ node: DocumentNode?) {
    guard let node else {
      report(
        "flow-format", "'tfgraph' is missing: the version of the format",
        at: root.entries.first?.key.span ?? root.span, help: "begin the file with 'tfgraph: 1'")
      return
    }
    if node.value(as: Int.self) != 1 {
      reject(node, expected: "version 1 of the format", help: "write 'tfgraph: 1'")
    }
    if let first = root.entries.first?.key, first.text != "tfgraph" {
      report(
        "flow-format", "'tfgraph' does not come first", at: first.span,
        help: "begin the file with 'tfgraph: 1'")
    }
  }

  private mutating func decodeDefaults(_ fields: [String: DocumentNode]) {
    defaults.environment = environment(fields["env"])
    guard let node = fields["defaults"],
      let own = self.fields(of: node, "the defaults", keys: DocumentKeys.defaults)
    else { return }
    defaults.timeout = duration(own["timeout"], "a timeout")
    if let interpreter = interpreter(own["shell"]) { defaults.interpreter = interpreter }
  }

  /// Decodes a flow's own keys.
  private mutating func flow(_ fields: [String: DocumentNode], at node: DocumentNode) -> Flow {
    if fields["flow"] == nil {
      report(
        "flow-format", "the flow has no name", at: node.entries.first?.key.span ?? node.span,
        help: "name it: 'flow: NAME'")
      leaveOut()
    }
    let name = name(fields["flow"], "a flow") ?? "unnamed"
    let span = fields["flow"]?.span ?? node.span
    let (pattern, children) = body(fields, name: name, at: node)
    var flow = Flow(
      name: name, pattern: pattern, retry: retry(fields["retry"], of: name), span: span)
    flow.summary = text(fields["description"], "a description")
    flow.timeout = duration(fields["timeout"], "a timeout")
    let siblings = addChildren(of: children, to: &flow)
    setTarget(fields["target"], of: &flow, siblings)
    return flow
  }

  private mutating func body(
    _ fields: [String: DocumentNode], name: String, at node: DocumentNode
  ) -> (FlowPattern, DocumentNode?) {
    let bodies = node.entries.filter { entry in
      DocumentKeys.body.contains { $0.name == entry.key.text }
    }
    guard let first = bodies.first, let pattern = first.key.text.flatMap(FlowPattern.init) else {
      let span = fields["flow"]?.span ?? node.span
      report(
        "flow-format", "flow '\(name)' has no body", at: span,
        help: "list its tasks under 'linear:', 'unordered:' or 'graph:'")
      leaveOut()
      return (.linear, nil)
    }
    for other in bodies.dropFirst() where other.key.text != first.key.text {
      report(
        "flow-format", "flow '\(name)' has a second body", at: other.key.span,
        help: "put one of them into a nested flow",
        related: [Finding.Related(span: first.key.span, message: "the first one is here")])
      leaveOut()
    }
    guard first.value.kind == .sequence else {
      reject(first.value, expected: "a list of '- task: NAME' and '- flow: NAME'")
      leaveOut()
      return (pattern, nil)
    }
    return (pattern, first.value)
  }

  private mutating func addChildren(
    of list: DocumentNode?, to flow: inout Flow
  ) -> Siblings {
    var siblings = Siblings()
    guard let list else { return siblings }
    for item in list.items {
      let isTask = item["task"] != nil
      guard item.kind == .mapping, isTask || item["flow"] != nil else {
        reportNoChild(item)
        continue
      }
      if isTask {
        guard let fields = fields(of: item, "a task", keys: DocumentKeys.task) else { continue }
        for child in task(fields, at: item, siblings: &siblings) { flow.append(child) }
      } else {
        guard let fields = fields(of: item, "a nested flow", keys: DocumentKeys.nestedFlow) else {
          continue
        }
        let nested = self.flow(fields, at: item)
        siblings.add(nested.name, as: [nested.name], after: fields["after"])
        flow.append(nested)
      }
    }
    addLinks(of: siblings, to: &flow)
    return siblings
  }

  private mutating func reportNoChild(_ item: DocumentNode) {
    leaveOut()
    guard item.kind == .mapping, let first = item.entries.first?.key, let name = first.text else {
      return reject(item, expected: "'task: NAME' or 'flow: NAME'")
    }
    let near = Suggestion.nearest(to: name, among: ["task", "flow"])
    report(
      "flow-format", "an item of a flow is a task or a flow", at: first.span,
      help: near.map { "did you mean '\($0)'?" } ?? "begin it with 'task: NAME' or 'flow: NAME'")
  }

  // MARK: Order by hand

  /// The children of one flow by the names that the file has for them, with what they come after.
  ///
  /// A task with a matrix is several children, and one with a retry is a flow around it.
  struct Siblings {
    private(set) var children: [String: [String]] = [:]
    private(set) var order: [(names: [String], after: DocumentNode)] = []

    mutating func add(_ name: String, as children: [String], after: DocumentNode?) {
      self.children[name] = children
      if let after { order.append((children, after)) }
    }
  }

  private mutating func addLinks(of siblings: Siblings, to flow: inout Flow) {
    for (names, after) in siblings.order {
      for node in strings(after, "the names of tasks or flows to come after") {
        let wanted = NameRules.normalized(node.text ?? "")
        for source in siblings.children[wanted] ?? [wanted] {
          for target in names {
            flow.links.append(Flow.Link(source: source, target: target, span: node.span))
          }
        }
      }
    }
  }

  private mutating func setTarget(
    _ node: DocumentNode?, of flow: inout Flow, _ siblings: Siblings
  ) {
    guard let node, let name = text(node, "the name of a child") else { return }
    guard flow.pattern == .graph else {
      return report(
        "flow-format", "only a graph has a target", at: node.span,
        help: "make the flow a graph, or drop 'target'")
    }
    let children = siblings.children[NameRules.normalized(name)] ?? [name]
    if children.count > 1 {
      return report(
        "flow-format", "'\(name)' is a matrix of \(children.count) tasks; a target is one child",
        at: node.span, help: "name one of them, such as '\(children[0])'")
    }
    flow.target = Flow.Target(name: children[0], span: node.span)
  }

  /// The items of a list that are texts; others are reported.
  mutating func strings(_ node: DocumentNode, _ what: String) -> [DocumentNode] {
    guard node.kind == .sequence else {
      reject(node, expected: "a list of \(what)", help: "write it in brackets: [NAME]")
      leaveOut()
      return []
    }
    return node.items.filter { item in
      if item.value(as: String.self) != nil { return true }
      reject(item, expected: "a name")
      return false
    }
  }
}
