extension ListingWriter {
  /// A task's entries.
  static func entries(of task: FlowTask) -> [Entry] {
    var entries: [Entry] = [
      ("task", .string(task.name)), ("requires", list(task.requirements.map(value))),
      ("provides", value(of: task.provision)), ("does", value(of: task.action, as: task.name)),
      ("priority", task.priority == 0 ? nil : .int(task.priority)),
      ("at", value(of: task.span)),
    ]
    // Most tasks have none of them.
    if task.hasTraits { entries += self.entries(of: task.traits, name: task.name) }
    return entries
  }

  private static func entries(of traits: TaskTraits, name: String) -> [Entry] {
    let version = traits.version
    let isFirst = version == TaskTraits.Version(major: 1, minor: 0)
    let hooks = [
      ("before-execute", traits.beforeExecute), ("after-execute", traits.afterExecute),
      ("before-revert", traits.beforeRevert), ("after-revert", traits.afterRevert),
    ].filter { $0.1 != nil }.map(\.0)
    return [
      ("description", text(traits.summary)), ("timeout", value(of: traits.timeout)),
      ("version", isFirst ? nil : .list([.int(version.major), .int(version.minor)])),
      ("idempotent", flag(traits.isIdempotent)), ("irreversible", flag(traits.isIrreversible)),
      ("at_most_once", flag(traits.isAtMostOnce)),
      ("revert-none", flag(traits.isRevertDeclaredNeedless)),
      ("revert", traits.revert.map { value(of: $0, name: name) }),
      ("inject", list(traits.injections.map(value))), ("when", traits.condition.map(value)),
      ("hooks", texts(hooks)), ("allow", list(traits.allowances.map(value))),
    ]
  }

  private static func value(of injection: TaskTraits.Injection) -> FlowValue {
    map([("symbol", .string(injection.symbol)), ("value", value(of: injection.value))])
  }

  private static func value(of condition: Condition) -> FlowValue {
    map([
      ("requires", list(condition.requirements.map(value))),
      ("skip", .string(condition.depth.rawValue)), ("description", .string(condition.summary)),
      ("at", value(of: condition.span)),
    ])
  }

  private static func value(of revert: TaskTraits.Revert, name: String) -> FlowValue {
    map([
      ("requires", revert.requirements.map { .list($0.map(value)) }),
      ("does", value(of: revert.action, as: name)), ("timeout", value(of: revert.timeout)),
      ("at", value(of: revert.span)),
    ])
  }

  // MARK: Actions

  private static func value(of action: TaskAction, as name: String) -> FlowValue {
    switch action {
    case .body: map([("swift", .string(name))])
    case .command(let command): value(of: command)
    case .assignment(let assignment):
      map([
        (
          "set",
          .list(
            assignment.sources.map { source in
              switch source {
              case .constant(let value): map([("value", value)])
              case .template(let template): map([("template", .string(template.source))])
              }
            })
        )
      ])
    case .wait(.duration(let duration)): map([("wait", value(of: duration))])
    case .wait(.template(let template)): map([("wait-for", .string(template.source))])
    }
  }

  private static func value(of command: CommandAction) -> FlowValue {
    let invocation: [Entry] =
      switch command.invocation {
      case .shell(let script, let interpreter):
        [("run", .string(script)), ("shell", .list(interpreter.map { .string($0) }))]
      case .program(let words): [("exec", .list(words.map { .string($0) }))]
      }
    return map(
      invocation + [
        ("captures", list(command.captures.map { .string(word(of: $0)) })),
        ("env", list(command.environment.map { .list([.string($0.name), .string($0.value)]) })),
        ("secrets", texts(command.secrets)), ("folder", text(command.workingDirectory)),
      ])
  }

  private static func word(of capture: CommandAction.Capture) -> String {
    switch capture {
    case .standardOutput: "stdout"
    case .standardOutputJSON: "stdout.json"
    case .standardOutputLines: "stdout.lines"
    case .exitCode: "exit"
    case .file(let path): "file:\(path)"
    case .outputFile: "output"
    }
  }
}
