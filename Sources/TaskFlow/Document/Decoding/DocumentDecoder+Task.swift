import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes a task: one child, or one for each combination of its matrix.
  mutating func task(
    _ fields: DocumentFields, at node: DocumentNode, siblings: inout Siblings
  ) -> [FlowItem] {
    let name = name(fields["task"], of: "a task")
    let matrix = matrix(fields["matrix"], of: name)
    let task = plainTask(fields, name: name, axes: matrix.axes, at: node)
    let tasks = expand(task, by: matrix)
    if !matrix.axes.isEmpty { matrixNames[name] = task.span }
    let controller = retry(fields["retry"], of: name)
    let items = tasks.map { task -> FlowItem in
      guard var controller else { return .task(task) }
      controller.name = Self.controllerName(of: task.name)
      return .flow(
        Flow(
          name: "\(task.name).flow", pattern: .linear, retry: controller, items: [.task(task)],
          span: task.span))
    }
    let isPlain = items.count == 1 && items[0].name == name
    siblings.add(name, as: isPlain ? nil : items.map(\.name), after: fields["after"])
    if !isPlain {
      for (task, item) in zip(tasks, items) where task.name != name && task.name != item.name {
        siblings.add(task.name, as: [item.name], after: nil)
      }
    }
    return items
  }

  private mutating func plainTask(
    _ fields: DocumentFields, name: String, axes: [String], at node: DocumentNode
  ) -> FlowTask {
    let span = fields["task"]?.span ?? node.span
    let provided = provides(fields["provides"])
    let injections = injections(fields["inject"])
    let declared = unique(
      requirements(fields["requires"]) + requirements(fields["optional"], isOptional: true))
    let scope = ExpressionScope(
      arguments: declared, injected: Set(injections.map(\.injection.symbol) + axes))
    let decoded = action(
      fields, provided: provided, scope, of: "task '\(name)'", at: span)
    var task = FlowTask(
      name: name,
      requirements: arguments(declared, reads: decoded?.reads ?? [], injections: injections),
      provision: decoded?.provision ?? provided.provision,
      action: decoded?.action ?? .wait(.duration(.zero)), span: span)
    if let priority = integer(fields["priority"], "a priority", in: -1_000_000...1_000_000) {
      task.priority = priority
    }
    task.traits = traits(fields, of: task, scope, injections: injections.map(\.injection))
    return task
  }

  private mutating func traits(
    _ fields: DocumentFields, of task: FlowTask, _ scope: ExpressionScope,
    injections: [TaskTraits.Injection]
  ) -> TaskTraits {
    var traits = TaskTraits()
    traits.injections = injections
    traits.timeout = limit(fields, of: task)
    traits.summary = description(fields["description"])
    traits.isIdempotent = bool(fields["idempotent"], "idempotent") ?? false
    traits.isIrreversible = bool(fields["irreversible"], "irreversible") ?? false
    traits.isAtMostOnce = bool(fields["at_most_once"], "at_most_once") ?? false
    if let version = version(fields["version"]) { traits.version = version }
    traits.condition = condition(fields, scope)
    decodeRevert(fields["revert"], of: task, injected: scope.injected, into: &traits)
    if traits.isIrreversible, traits.revert != nil, let span = fields.span(ofKey: "revert") {
      report(
        "wrong-value", "task '\(task.name)' is irreversible, and says how it is undone", at: span,
        help: "drop 'irreversible' or 'revert'")
    }
    if traits.isAtMostOnce, traits.isIdempotent, let span = fields.span(ofKey: "at_most_once") {
      report(
        "wrong-value",
        "task '\(task.name)' may be run again without harm, and is to be run at most once",
        at: span,
        help: "drop 'idempotent' or 'at_most_once'")
    }
    return traits
  }

  /// How long a task may take: what it says, and if it runs a process what the defaults say.
  private mutating func limit(_ fields: DocumentFields, of task: FlowTask) -> Duration? {
    let own = timeout(fields["timeout"])
    switch task.action {
    case .command:
      return own ?? defaults.timeout
    case .wait(.duration(let pause)):
      if let own, own <= pause, let node = fields["timeout"] {
        report(
          "wrong-value", "task '\(task.name)' waits longer than its timeout", at: node.span,
          help: "drop 'timeout'")
      }
      return own
    case .wait, .assignment, .body:
      return own
    }
  }

  /// All that `execute` is given: what is required and optional, what expressions read, what is injected.
  private func arguments(
    _ declared: [Requirement], reads: [Requirement],
    injections: [(injection: TaskTraits.Injection, span: SourceSpan)]
  ) -> [Requirement] {
    if reads.isEmpty, injections.isEmpty { return declared }
    var all = declared
    var names = Set(all.map(\.parameter))
    let demanded = Dictionary(
      reads.map { ($0.parameter, $0.type) }, uniquingKeysWith: { first, second in first ?? second })
    for index in all.indices {
      all[index].type = all[index].type ?? demanded[all[index].parameter] ?? nil
    }
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
    guard parts.count == 2, let major = UInt32(parts[0]), let minor = UInt32(parts[1]) else {
      let isWhole = node.value(as: Int.self) != nil
      reject(
        node, expected: "a version such as '1.0'",
        help: isWhole ? "write '\(node.text ?? "1").0'" : nil)
      return nil
    }
    return TaskTraits.Version(major: Int(major), minor: Int(minor))
  }

  // MARK: Conditions

  private mutating func condition(
    _ fields: DocumentFields, _ scope: ExpressionScope
  ) -> Condition? {
    let depth = word(fields["skip"], "what is skipped", as: SkipDepth.self)
    guard let node = fields["when"] else {
      if let span = fields.span(ofKey: "skip"), !fields.mayHaveMeant(["when"]) {
        report(
          "wrong-value", "'skip' says how far 'when' reaches, and there is none", at: span,
          help: "add 'when', or drop 'skip'")
      }
      return nil
    }
    guard let source = node.text, !node.isNull else {
      reject(node, expected: "an expression that is true or false")
      return nil
    }
    guard let (expression, reads) = question(source, in: node, scope) else { return nil }
    return Condition(
      requirements: reads, depth: depth ?? .all, summary: expression.source, span: node.span,
      decide: { arguments in
        let values = try arguments.flowValues()
        guard case .bool(let answer) = try expression.evaluate({ values[$0] }) else {
          throw Failure("the condition '\(expression.source)' is neither true nor false")
        }
        return answer
      })
  }

  // MARK: Reverting

  private mutating func decodeRevert(
    _ node: DocumentNode?, of task: FlowTask, injected: Set<String>, into traits: inout TaskTraits
  ) {
    guard let node else { return }
    if node.text == DocumentKeys.nothingToRevert {
      traits.isRevertDeclaredNeedless = true
      return
    }
    guard node.kind == .mapping else {
      return reject(
        node, expected: "'none', or an action such as '{ run: TEXT }'",
        help: node.kind == .scalar && !node.isNull ? "write 'revert: { run: … }'" : nil)
    }
    guard let fields = fields(of: node, .revert) else { return }
    let provided = task.provision.items.map(\.key)
    let own = withoutNeedless(
      unique(
        requirements(fields["requires"]) + requirements(fields["optional"], isOptional: true)),
      provided)
    let scope = ExpressionScope(
      arguments: task.requirements + own, injected: injected,
      given: provided + ["result", "failure"])
    let limit = timeout(fields["timeout"])
    guard
      let decoded = action(
        fields, provided: Provided(), scope, of: "the revert of task '\(task.name)'",
        at: node.span)
    else { return }
    traits.revert = TaskTraits.Revert(
      requirements: revertArguments(own + decoded.reads, of: task),
      action: withSecrets(of: task, decoded.action), timeout: limit, span: node.span)
  }

  /// A revert is given the secrets of its task as well.
  private func withSecrets(of task: FlowTask, _ action: TaskAction) -> TaskAction {
    guard case .command(var command) = action, case .command(let own) = task.action else {
      return action
    }
    command.secrets = (own.secrets + command.secrets).uniqued { $0 }
    return .command(command)
  }

  /// Reports what a revert sees because its task provided it, which nobody else could give it.
  private mutating func withoutNeedless(
    _ own: [Requirement], _ provided: [String]
  ) -> [Requirement] {
    if own.isEmpty { return [] }
    let provided = Set(provided)
    return own.filter { requirement in
      guard provided.contains(requirement.symbol), requirement.parameter == requirement.symbol
      else { return true }
      report(
        "wrong-value", "the revert sees '\(requirement.symbol)' anyway: its task provides it",
        at: requirement.span, help: "drop it; it has a value if the task succeeded")
      return false
    }
  }

  /// A revert sees what the task required, and its own arguments besides; `nil` if it has none.
  private func revertArguments(_ own: [Requirement], of task: FlowTask) -> [Requirement]? {
    guard !own.isEmpty else { return nil }
    let names = Set(own.map(\.parameter))
    return (task.requirements.filter { !names.contains($0.parameter) } + own)
      .uniqued(by: \.parameter)
  }
}
