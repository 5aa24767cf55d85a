import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes a task: one child, or one for each combination of its matrix.
  mutating func task(
    _ fields: [String: DocumentNode], at node: DocumentNode, siblings: inout Siblings
  ) -> [FlowItem] {
    let name = name(fields["task"], "a task") ?? "unnamed"
    let task = plainTask(fields, name: name, at: node)
    let combinations = matrix(fields["matrix"], of: name)
    let tasks = combinations.map { $0.expanding(task) }
    let items = tasks.map { task -> FlowItem in
      guard let controller = retry(fields["retry"], of: task.name) else { return .task(task) }
      return .flow(
        Flow(
          name: "\(task.name).flow", pattern: .linear, retry: controller, items: [.task(task)],
          span: task.span))
    }
    siblings.add(name, as: items.map(\.name), after: fields["after"])
    return items
  }

  private mutating func plainTask(
    _ fields: [String: DocumentNode], name: String, at node: DocumentNode
  ) -> FlowTask {
    let span = fields["task"]?.span ?? node.span
    let provided = provides(fields["provides"])
    let decoded = action(fields, provided: provided, of: "task '\(name)'", at: span)
    let injections = injections(fields["inject"])
    var task = FlowTask(
      name: name,
      requirements: arguments(fields, reads: decoded?.reads ?? [], injections: injections),
      provision: decoded?.provision ?? provided.provision,
      action: decoded?.action ?? .wait(.duration(.zero)), span: span)
    if let priority = integer(fields["priority"], "a priority", in: -1_000_000...1_000_000) {
      task.priority = priority
    }
    var traits = TaskTraits()
    traits.injections = injections.map(\.injection)
    traits.timeout = duration(fields["timeout"], "a timeout") ?? defaults.timeout
    traits.summary = text(fields["description"], "a description")
    traits.isIdempotent = bool(fields["idempotent"], "idempotent") ?? false
    traits.isIrreversible = bool(fields["irreversible"], "irreversible") ?? false
    if let version = version(fields["version"]) { traits.version = version }
    traits.condition = condition(fields)
    decodeRevert(fields["revert"], of: task, into: &traits)
    task.traits = traits
    return task
  }

  /// All that `execute` is given: what is required and optional, what expressions read, what is injected.
  private mutating func arguments(
    _ fields: [String: DocumentNode], reads: [Requirement],
    injections: [(injection: TaskTraits.Injection, span: SourceSpan)]
  ) -> [Requirement] {
    var all = unique(
      requirements(fields["requires"]) + requirements(fields["optional"], isOptional: true))
    var names = Set(all.map(\.parameter))
    for read in reads where names.insert(read.parameter).inserted { all.append(read) }
    let symbols = Set(all.map(\.symbol))
    for (injection, span) in injections
    where !symbols.contains(injection.symbol) && names.insert(injection.symbol).inserted {
      all.append(Requirement(symbol: injection.symbol, span: span))
    }
    return all
  }

  private mutating func version(_ node: DocumentNode?) -> TaskTraits.Version? {
    guard let node else { return nil }
    let parts = (node.text ?? "").split(separator: ".", omittingEmptySubsequences: false)
    guard node.kind == .scalar, parts.count == 2, let major = Int(parts[0]),
      let minor = Int(parts[1]), major >= 0, minor >= 0
    else {
      reject(node, expected: "a version such as '1.0'")
      return nil
    }
    return TaskTraits.Version(major: major, minor: minor)
  }

  // MARK: Conditions

  private mutating func condition(_ fields: [String: DocumentNode]) -> Condition? {
    let depth = word(fields["skip"], "what is skipped", as: SkipDepth.self)
    guard let node = fields["when"] else {
      if let skip = fields["skip"] {
        report(
          "flow-format", "'skip' says how far 'when' reaches, and there is none", at: skip.span,
          help: "add 'when', or drop 'skip'")
      }
      return nil
    }
    guard let source = node.text, !node.isNull else {
      reject(node, expected: "an expression that is true or false")
      return nil
    }
    switch FlowExpression.parse(source) {
    case .failure(let failure):
      report(failure.errors, in: node)
      return nil
    case .success(let expression):
      report(expression.check(types: defaults.inputTypes, result: .bool), in: node)
      return Condition(
        requirements: expression.symbols.map { $0.requirement(in: node) }, depth: depth ?? .all,
        summary: source, span: node.span,
        decide: { arguments in
          let values = try arguments.flowValues()
          guard case .bool(let answer) = try expression.evaluate({ values[$0] }) else {
            throw Failure("the condition '\(source)' is neither true nor false")
          }
          return answer
        })
    }
  }

  // MARK: Reverting

  private mutating func decodeRevert(
    _ node: DocumentNode?, of task: FlowTask, into traits: inout TaskTraits
  ) {
    guard let node else { return }
    if node.text == "none" {
      traits.isRevertDeclaredNeedless = true
      return
    }
    guard node.kind == .mapping else {
      return reject(
        node, expected: "'none', or an action such as '{ run: TEXT }'",
        help: node.kind == .scalar && !node.isNull ? "write 'revert: { run: … }'" : nil)
    }
    guard let fields = fields(of: node, "a revert", keys: DocumentKeys.revert) else { return }
    let what = "the revert of task '\(task.name)'"
    guard let decoded = action(fields, provided: Provided(), of: what, at: node.span) else {
      return
    }
    traits.revert = TaskTraits.Revert(
      requirements: revertArguments(fields, reads: decoded.reads, of: task),
      action: decoded.action, timeout: duration(fields["timeout"], "a timeout"), span: node.span)
  }

  /// A revert sees what the task required, and its own arguments besides.
  private mutating func revertArguments(
    _ fields: [String: DocumentNode], reads: [Requirement], of task: FlowTask
  ) -> [Requirement]? {
    let own = unique(
      requirements(fields["requires"]) + requirements(fields["optional"], isOptional: true))
    let provided = Set(task.provision.items.map(\.symbol))
    let all = own + reads.filter { !provided.contains($0.symbol) }
    guard !all.isEmpty else { return nil }
    let names = Set(all.map(\.parameter))
    return (task.requirements.filter { !names.contains($0.parameter) } + all)
      .uniqued(by: \.parameter)
  }
}

extension FlowItem {
  /// The name of the task or flow.
  var name: String {
    switch self {
    case .task(let task): task.name
    case .flow(let flow): flow.name
    }
  }
}
