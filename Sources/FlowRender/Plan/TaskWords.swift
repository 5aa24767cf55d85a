import TaskFlow

/// How a task is described in a picture.
enum TaskWords {
  /// The word for an action, as documents have it.
  static func action(_ action: TaskAction) -> String {
    switch action {
    case .body: "swift"
    case .command(let command):
      switch command.invocation {
      case .shell: "run"
      case .program: "exec"
      }
    case .assignment: "set"
    case .wait(.duration(let duration)): "wait \(DurationText.text(of: duration))"
    case .wait(.template): "wait"
    }
  }

  /// The second line of a box, such as "run · 90s · → digest".
  static func detail(of task: FlowTask) -> String {
    let traits = task.traits
    var parts = [action(task.action)]
    if let timeout = traits.timeout { parts.append(DurationText.text(of: timeout)) }
    if let condition = traits.condition { parts.append("when \(condition.summary)") }
    let symbols = task.provision.items.map(\.symbol)
    if !symbols.isEmpty {
      let more = symbols.count > 2 ? " +\(symbols.count - 2)" : ""
      parts.append("→ \(symbols.prefix(2).joined(separator: ", "))\(more)")
    }
    return parts.joined(separator: " · ")
  }

  /// What hovering over a box says, and a screen reader after the name.
  static func sentence(of task: FlowTask) -> String {
    let traits = task.traits
    var parts: [String] = []
    if let summary = traits.summary, !summary.isEmpty { parts.append(ended(summary)) }
    var line = doing(task.action)
    if let timeout = traits.timeout { line += ", at most \(DurationText.text(of: timeout))" }
    if let condition = traits.condition { line += ", when \(condition.summary)" }
    parts.append("\(line).")
    let needs = task.requirements.map(\.symbol)
    if !needs.isEmpty { parts.append("Needs \(few(needs)).") }
    let gives = task.provision.items.map(\.symbol)
    if !gives.isEmpty { parts.append("Provides \(few(gives)).") }
    parts.append(undoing(traits))
    return parts.joined(separator: " ")
  }

  /// How a task is undone, as a sentence.
  static func undoing(_ traits: TaskTraits) -> String {
    if traits.revert != nil { return "Can be undone." }
    if traits.isIrreversible { return "Cannot be undone." }
    return traits.isRevertDeclaredNeedless
      ? "Nothing to undo." : "Says nothing about being undone."
  }

  private static func doing(_ action: TaskAction) -> String {
    switch action {
    case .body: "Runs Swift code"
    case .command(let command):
      switch command.invocation {
      case .shell: "Runs a shell text"
      case .program(let words): "Runs \(words.first ?? "a program")"
      }
    case .assignment: "Sets values"
    case .wait(.duration(let duration)): "Waits \(DurationText.text(of: duration))"
    case .wait(.template): "Waits for a computed time"
    }
  }

  private static func few(_ symbols: [String]) -> String {
    guard symbols.count > 6 else { return PlanWords.listed(symbols) }
    return symbols.prefix(5).joined(separator: ", ") + " and \(symbols.count - 5) more"
  }

  private static func ended(_ sentence: String) -> String {
    sentence.last.map { ".!?…".contains($0) } ?? true ? sentence : "\(sentence)."
  }
}
