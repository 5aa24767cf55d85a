import FlowDiagnostics
import TaskFlow

/// A process that a task or its revert runs, as it is declared; handed around as the task is.
final class DeclaredCommand: Sendable {
  /// The task that it belongs to.
  let declared: LintedPlan.DeclaredTask

  /// Whether it undoes the task.
  let isRevert: Bool

  /// What is run, and with which environment.
  let action: CommandAction

  /// The mapping of the file that has `run` or `exec`.
  let mapping: DocumentNode?

  /// Where it is declared.
  private let span: SourceSpan

  init(
    of declared: LintedPlan.DeclaredTask, isRevert: Bool = false, _ action: CommandAction,
    span: SourceSpan, in mapping: DocumentNode?
  ) {
    self.declared = declared
    self.isRevert = isRevert
    self.action = action
    self.span = span
    self.mapping = mapping
  }

  /// Who runs it, as messages have it: `task 'build'` or `the revert of task 'build'`.
  var owner: String {
    isRevert ? "the revert of task \(declared.name)" : "task \(declared.name)"
  }

  /// The text that a shell of a known kind reads.
  var shellText: String? { action.shellText }

  /// The variables that have a value when it begins, by the flow or its task, or are the task's own business:
  /// what it provides.
  var givenNames: [String] {
    let task = declared.task
    var names = task.requirements.map(\.parameter) + task.injections.map(\.symbol)
    for item in task.provision.items { names += [item.key, item.symbol] }
    names += action.environment.map(\.name) + action.secrets
    if isRevert { names += task.revertRequirements.map(\.parameter) + ["result", "failure"] }
    return names
  }

  /// The place of a part of the shell's text, in Unicode scalars.
  func span(ofText range: Range<Int>) -> SourceSpan {
    mapping?["run"]?.span(ofCharacters: range) ?? span
  }

  /// The place of one of the program's words.
  func span(ofWord index: Int) -> SourceSpan {
    guard let node = mapping?["exec"], node.items.indices.contains(index) else { return span }
    return node.items[index].span
  }
}

extension LintedPlan.DeclaredTask {
  /// What the task runs as processes, and its revert.
  var commands: [DeclaredCommand] {
    var commands: [DeclaredCommand] = []
    if case .command(let action) = task.action {
      commands.append(DeclaredCommand(of: self, action, span: task.span, in: mapping))
    }
    if let revert = task.traits.revert, case .command(let action) = revert.action {
      commands.append(
        DeclaredCommand(
          of: self, isRevert: true, action, span: revert.span, in: mapping?["revert"]))
    }
    return commands
  }
}

extension CommandAction {
  /// The text that a shell of a known kind reads.
  var shellText: String? {
    guard case .shell(let text, _) = invocation, dialect != nil else { return nil }
    return text
  }

  /// The language of its text.
  var dialect: ShellDialect? {
    guard case .shell(_, let interpreter) = invocation else { return nil }
    return ShellDialect(interpreter: interpreter)
  }
}
