extension ListingReader {
  static func task(_ item: ListingObject, name: String) throws(ListingError) -> FlowTask {
    var task = FlowTask(
      name: name, requirements: try requirements(item), provision: try provision(item),
      action: try action(item, of: name), span: try item.span())
    task.priority = try item.int("priority") ?? 0
    if let traits = try traits(item, of: name) { task.traits = traits }
    return task
  }

  /// The keys of traits; a task with none of them is a plain one.
  private static let traitKeys = [
    "description", "timeout", "version", "idempotent", "irreversible", "at_most_once",
    "revert-none", "revert", "inject", "when", "hooks", "allow",
  ]

  private static func traits(
    _ item: ListingObject, of name: String
  ) throws(ListingError) -> TaskTraits? {
    guard traitKeys.contains(where: { item[$0] != nil }) else { return nil }
    var traits = TaskTraits()
    traits.summary = try item.text("description")
    traits.timeout = try item.duration("timeout")
    traits.isIdempotent = try item.flag("idempotent")
    traits.isIrreversible = try item.flag("irreversible")
    traits.isAtMostOnce = try item.flag("at_most_once")
    traits.isRevertDeclaredNeedless = try item.flag("revert-none")
    traits.allowances = try allowances(item)
    if item["version"] != nil {
      let parts = try item.list("version")
      guard parts.count == 2, case .int(let major) = parts[0], case .int(let minor) = parts[1]
      else { throw item.wrong("version") }
      traits.version = TaskTraits.Version(major: major, minor: minor)
    }
    for injection in try item.objects("inject") {
      traits.injections.append(
        TaskTraits.Injection(
          symbol: try injection.require(injection.text("symbol"), "symbol"),
          value: BoxedValue(injection["value"] ?? .null)))
    }
    if let when = try item.object("when") { traits.condition = try condition(when, of: name) }
    if let revert = try item.object("revert") {
      traits.revert = TaskTraits.Revert(
        requirements: revert["requires"] == nil ? nil : try requirements(revert),
        action: try action(revert, of: name), timeout: try revert.duration("timeout"),
        span: try revert.span())
    }
    try addHooks(item, of: name, to: &traits)
    return traits
  }

  private static func condition(
    _ when: ListingObject, of name: String
  ) throws(ListingError) -> Condition {
    Condition(
      requirements: try requirements(when),
      depth: try when.word("skip", as: SkipDepth.self) ?? .all,
      summary: try when.text("description") ?? "", span: try when.span()
    ) { _ in throw Foreign.failure("the condition of task '\(name)'") }
  }

  private static func addHooks(
    _ item: ListingObject, of name: String, to traits: inout TaskTraits
  ) throws(ListingError) {
    let hook: TaskTraits.Hook = { _ in throw Foreign.failure("a hook of task '\(name)'") }
    for word in try item.texts("hooks") {
      switch word {
      case "before-execute": traits.beforeExecute = hook
      case "after-execute": traits.afterExecute = hook
      case "before-revert": traits.beforeRevert = hook
      case "after-revert": traits.afterRevert = hook
      default: throw item.wrong("hooks")
      }
    }
  }

  // MARK: Actions

  private static func action(
    _ item: ListingObject, of name: String
  ) throws(ListingError) -> TaskAction {
    let does = try item.require(item.object("does"), "does")
    if does["swift"] != nil {
      return .body { _ in throw Foreign.failure("task '\(name)'") }
    }
    if does["set"] != nil { return .assignment(try assignment(does)) }
    if let pause = try does.duration("wait") { return .wait(.duration(pause)) }
    if let text = try does.text("wait-for") { return .wait(.template(try template(text, does))) }
    let invocation: CommandAction.Invocation
    if let script = try does.text("run") {
      invocation = .shell(text: script, interpreter: try does.texts("shell"))
    } else if does["exec"] != nil {
      invocation = .program(try does.texts("exec"))
    } else {
      throw item.wrong("does")
    }
    return .command(try command(does, invocation))
  }

  private static func template(
    _ text: String, _ object: ListingObject
  ) throws(ListingError) -> FlowTemplate {
    guard case .success(let template) = FlowTemplate.parse(text) else {
      throw object.wrong("template")
    }
    return template
  }

  private static func assignment(_ does: ListingObject) throws(ListingError) -> AssignmentAction {
    var sources: [AssignmentAction.Source] = []
    for source in try does.objects("set") {
      if let text = try source.text("template") {
        sources.append(.template(try template(text, source)))
      } else {
        sources.append(.constant(try source.require(source["value"], "value")))
      }
    }
    return AssignmentAction(sources: sources)
  }

  private static func command(
    _ does: ListingObject, _ invocation: CommandAction.Invocation
  ) throws(ListingError) -> CommandAction {
    var command = CommandAction(
      invocation: invocation, secrets: try does.texts("secrets"),
      workingDirectory: try does.text("folder"))
    for word in try does.texts("captures") {
      guard let capture = capture(word) else { throw does.wrong("captures") }
      command.captures.append(capture)
    }
    for entry in try does.list("env") {
      guard case .list(let parts) = entry, parts.count == 2, case .string(let name) = parts[0],
        case .string(let value) = parts[1]
      else { throw does.wrong("env") }
      command.environment.append(CommandAction.EnvironmentEntry(name: name, value: value))
    }
    return command
  }

  private static func capture(_ word: String) -> CommandAction.Capture? {
    switch word {
    case "stdout": .standardOutput
    case "stdout.json": .standardOutputJSON
    case "stdout.lines": .standardOutputLines
    case "exit": .exitCode
    case "output": .outputFile
    case _ where word.hasPrefix("file:"): .file(String(word.dropFirst(5)))
    default: nil
    }
  }
}
