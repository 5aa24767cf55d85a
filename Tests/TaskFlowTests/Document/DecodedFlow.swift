import TaskFlow

/// A flow as lines of text without its places, to compare what was decoded with what was meant.
func outline(of flow: Flow) -> String {
  var lines: [String] = []
  for input in flow.inputs {
    let type = input.type?.rawValue ?? "any"
    let value = input.defaultValue.map { " = \(FlowValueJSON.text(of: $0))" } ?? ""
    let pattern = input.pattern.map { " /\($0.source)/" } ?? ""
    lines.append("input \(input.symbol): \(type)\(pattern)\(value)")
  }
  append(flow, indent: "", to: &lines)
  return lines.joined(separator: "\n")
}

private func append(_ flow: Flow, indent: String, to lines: inout [String]) {
  var line = "\(indent)\(flow.pattern) \(flow.name)"
  if let timeout = flow.timeout { line += " timeout \(DurationText.text(of: timeout))" }
  if let limit = flow.concurrencyLimit { line += " at most \(limit.count)" }
  if let target = flow.target { line += " target \(target.name)" }
  lines.append(line)
  if let retry = flow.retry { lines.append("\(indent)  \(text(of: retry))") }
  for item in flow.items {
    switch item {
    case .task(let task): append(task, indent: indent + "  ", to: &lines)
    case .flow(let nested): append(nested, indent: indent + "  ", to: &lines)
    }
  }
  for link in flow.links { lines.append("\(indent)  \(link.source) -> \(link.target)") }
}

private func text(of retry: RetryController) -> String {
  var text = "retry \(retry.name)"
  switch retry.strategy {
  case .times(let attempts): text += " times \(attempts)"
  case .forEach(let values): text += " each of \(values.map { "\($0.base)" })"
  case .parameterizedForEach: text += " each of \(retry.requirements.map(\.symbol))"
  case .alwaysRevert: text += " never"
  case .alwaysRevertAll: text += " never-all"
  case .custom: text += " custom"
  }
  if let item = retry.provision.items.first { text += " provides \(item.symbol)" }
  if retry.revertsAll { text += " reverts all" }
  if let backoff = retry.backoff {
    text +=
      " backoff \(DurationText.text(of: backoff.initial)) x\(backoff.factor) "
      + "max \(DurationText.text(of: backoff.maximum)) \(backoff.jitter)"
  }
  return text
}

private func append(_ task: FlowTask, indent: String, to lines: inout [String]) {
  let traits = task.traits
  var line = "\(indent)task \(task.name)(\(text(of: task.requirements)))"
  let provided = task.provision.items.map { item in
    (item.key == item.symbol ? item.symbol : "\(item.symbol)/\(item.key)")
      + (item.type.map { ": \($0.name)" } ?? "")
  }
  if !provided.isEmpty { line += " -> \(task.provision.form) \(provided.joined(separator: ", "))" }
  line += ": \(text(of: task.action))"
  if let timeout = traits.timeout { line += " timeout \(DurationText.text(of: timeout))" }
  if task.priority != 0 { line += " priority \(task.priority)" }
  if traits.version != .init(major: 1, minor: 0) {
    line += " version \(traits.version.major).\(traits.version.minor)"
  }
  if traits.isIdempotent { line += " idempotent" }
  if traits.isIrreversible { line += " irreversible" }
  if traits.isAtMostOnce { line += " at-most-once" }
  if traits.isRevertDeclaredNeedless { line += " revert none" }
  lines.append(line)
  for injection in traits.injections {
    lines.append("\(indent)  inject \(injection.symbol) = \(injection.value.base)")
  }
  if let condition = traits.condition {
    let reads = text(of: condition.requirements)
    lines.append("\(indent)  when \(condition.summary) (\(reads)) skip \(condition.depth)")
  }
  if let revert = traits.revert {
    let reads = revert.requirements.map { "(\(text(of: $0)))" } ?? "(same)"
    let limit = revert.timeout.map { " timeout \(DurationText.text(of: $0))" } ?? ""
    lines.append("\(indent)  revert\(reads): \(text(of: revert.action))\(limit)")
  }
}

private func text(of requirements: [Requirement]) -> String {
  requirements.map { requirement in
    (requirement.parameter == requirement.symbol
      ? requirement.symbol : "\(requirement.parameter)=\(requirement.symbol)")
      + (requirement.isOptional ? "?" : "")
  }.joined(separator: ", ")
}

private func text(of action: TaskAction) -> String {
  switch action {
  case .body: return "body"
  case .command(let command):
    var text =
      switch command.invocation {
      case .shell(let text, let interpreter): "\(interpreter.joined(separator: " ")) <\(text)>"
      case .program(let words): "\(words)"
      }
    if !command.captures.isEmpty { text += " captures \(command.captures)" }
    if !command.environment.isEmpty {
      text += " env \(command.environment.map { "\($0.name)=\($0.value)" })"
    }
    if !command.secrets.isEmpty { text += " secrets \(command.secrets)" }
    return text
  case .assignment(let assignment):
    return assignment.sources.map { source in
      switch source {
      case .constant(let value): FlowValueJSON.text(of: value)
      case .template(let template): "<\(template.source)>"
      }
    }.joined(separator: ", ")
  case .wait(.duration(let duration)): return "wait \(DurationText.text(of: duration))"
  case .wait(.template(let template)): return "wait <\(template.source)>"
  }
}
