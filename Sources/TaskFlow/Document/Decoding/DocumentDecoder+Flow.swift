import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes a whole document.
  ///
  /// - Returns: `nil` when it is no mapping.
  mutating func document(_ root: DocumentNode) -> Flow? {
    guard
      let fields = fields(
        of: root, .document, as: "a flow", help: "begin the file with 'tfgraph: 1'")
    else { return nil }
    checkVersion(root, fields)
    decodeDefaults(fields)
    let inputs = inputs(fields["inputs"])
    defaults.inputTypes = Dictionary(
      inputs.compactMap { input in input.type.map { (input.symbol, $0) } },
      uniquingKeysWith: { first, _ in first })
    let secrets = secrets(fields["secrets"])
    defaults.secrets = Set(secrets.map(\.name))
    defaults.knowsSecrets = !fields.mayHaveMeant(["secrets"])
    var flow = self.flow(fields, at: root)
    flow.inputs = inputs
    flow.secrets = secrets
    reportUnknownNames(in: flow)
    reportMatrixNames(in: flow)
    return flow
  }

  /// `tfgraph: 1` comes first: so that a file says what it is before anything else.
  private mutating func checkVersion(_ root: DocumentNode, _ fields: DocumentFields) {
    guard let node = fields["tfgraph"] else {
      if fields.mayHaveMeant(["tfgraph"]) { return }
      report(
        "wrong-value", "'tfgraph' is missing: the version of the format",
        at: root.entries.first?.key.span ?? root.span, help: "begin the file with 'tfgraph: 1'")
      return
    }
    if node.value(as: Int.self) != 1 {
      report(
        "unsupported-version",
        "expected version 1 of the format, found \(Self.phrase(of: node))",
        at: node.span, help: "write 'tfgraph: 1'")
    }
    if root.entries.first?.key.text != "tfgraph" {
      report(
        "wrong-value", "'tfgraph' does not come first",
        at: fields.span(ofKey: "tfgraph") ?? root.span, help: "begin the file with 'tfgraph: 1'")
    }
  }

  private mutating func decodeDefaults(_ fields: DocumentFields) {
    defaults.environment = environment(fields["env"])
    guard let node = fields["defaults"], let own = self.fields(of: node, .defaults) else { return }
    defaults.timeout = timeout(own["timeout"])
    if let interpreter = interpreter(own["shell"]) { defaults.interpreter = interpreter }
  }

  /// Decodes a flow's own keys.
  private mutating func flow(_ fields: DocumentFields, at node: DocumentNode) -> Flow {
    if fields["flow"] == nil, !fields.mayHaveMeant(["flow"]) {
      report(
        "wrong-value", "the flow has no name", at: node.entries.first?.key.span ?? node.span,
        help: "name it: 'flow: NAME'")
    }
    let name = name(fields["flow"], of: "a flow")
    let span = fields["flow"]?.span ?? node.span
    let (pattern, children) = body(fields, name: name, at: node)
    var flow = Flow(
      name: name, pattern: pattern, retry: retry(fields["retry"], of: name), span: span)
    flow.summary = description(fields["description"])
    flow.timeout = timeout(fields["timeout"])
    flow.concurrencyLimit = concurrency(fields["concurrency"])
    addChildren(children.map { Array($0.items) } ?? [], to: &flow, target: fields["target"])
    return flow
  }

  /// Decodes `concurrency: { limit: 4 }`.
  private mutating func concurrency(_ node: DocumentNode?) -> Flow.Limit? {
    guard let node,
      let fields = fields(of: node, .concurrency, help: "write 'concurrency: { limit: 4 }'")
    else { return nil }
    guard let limit = fields["limit"] else {
      if !fields.mayHaveMeant(["limit"]) {
        report(
          "wrong-value", "the concurrency has no limit", at: node.span,
          help: "write 'concurrency: { limit: 4 }'")
      }
      return nil
    }
    return integer(limit, "a limit", in: 1...1_000_000).map { Flow.Limit($0, span: limit.span) }
  }

  private mutating func body(
    _ fields: DocumentFields, name: String, at node: DocumentNode
  ) -> (FlowPattern, DocumentNode?) {
    let given = node.entries.filter { entry in
      DocumentKeys.bodies.contains { $0 == entry.key.text }
    }
    guard let first = given.first, let pattern = first.key.text.flatMap(FlowPattern.init) else {
      leaveOut(.all)
      if !fields.mayHaveMeant(DocumentKeys.bodies) {
        report(
          "wrong-value", "flow '\(name)' has no body", at: fields["flow"]?.span ?? node.span,
          help: "list its tasks under 'linear:', 'unordered:' or 'graph:'")
      }
      return (.linear, nil)
    }
    for other in given.dropFirst() where other.key.text != first.key.text {
      leaveOut(.all)
      report(
        "wrong-value", "flow '\(name)' has a second body, '\(other.key.text ?? "")'",
        at: other.key.span, help: "put one of them into a nested flow",
        related: [Finding.Related(span: first.key.span, message: "the first one is here")])
    }
    guard first.value.kind == .sequence else {
      leaveOut(.all)
      reject(first.value, expected: "a list of '- task: NAME' and '- flow: NAME'")
      return (pattern, nil)
    }
    return (pattern, first.value)
  }

  private mutating func addChildren(
    _ items: [DocumentNode], to flow: inout Flow, target: DocumentNode?
  ) {
    var siblings = Siblings()
    for item in items {
      let isTask = item["task"] != nil
      guard item.kind == .mapping, isTask || item["flow"] != nil else {
        reportNoChild(item)
        continue
      }
      if isTask {
        guard let fields = fields(of: item, .task) else { continue }
        for child in task(fields, at: item, siblings: &siblings) { flow.append(child) }
      } else {
        guard let fields = fields(of: item, .nestedFlow) else { continue }
        let nested = self.flow(fields, at: item)
        siblings.add(nested.name, after: fields["after"])
        flow.append(nested)
      }
    }
    addLinks(of: siblings, to: &flow)
    setTarget(target, of: &flow, siblings)
  }

  private mutating func reportNoChild(_ item: DocumentNode) {
    leaveOut(.all)
    guard item.kind == .mapping, let first = item.entries.first?.key, let name = first.text else {
      let isName = item.kind == .scalar && !item.isNull
      return reject(
        item, expected: "'task: NAME' or 'flow: NAME'",
        help: isName ? "write '- task: NAME', with what it does" : nil)
    }
    if first.isBroken { return }
    let near = item.entries.lazy.compactMap(\.key.text).compactMap {
      Suggestion.nearest(to: $0, among: ["task", "flow"])
    }.first
    report(
      "wrong-value",
      "an item of a flow is a task or a flow, and this begins with \(QuotedName.of(name))",
      at: first.span,
      help: near.map { "did you mean '\($0)'?" } ?? "begin it with 'task: NAME' or 'flow: NAME'")
  }
}
