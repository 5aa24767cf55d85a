import FlowDiagnostics
import TaskFlow

/// A process that a task or its revert runs, as it is declared.
struct DeclaredCommand {
  /// Who runs it, as messages have it: `task 'build'` or `the revert of task 'build'`.
  let owner: String

  /// What is run, and with which environment.
  let action: CommandAction

  /// The variables that the flow gives it.
  let variables: Set<String>

  /// Where it is declared.
  private let span: SourceSpan

  /// The text of `run`, or the list of `exec`, in the file.
  private let node: DocumentNode?

  init(
    owner: String, action: CommandAction, parameters: some Sequence<String>, span: SourceSpan,
    in mapping: DocumentNode?
  ) {
    self.owner = owner
    self.action = action
    self.span = span
    variables = Set(parameters).union(action.environment.map(\.name)).union(action.secrets)
    switch action.invocation {
    case .shell: node = mapping?["run"]
    case .program: node = mapping?["exec"]
    }
  }

  /// The place of a part of the shell's text, by Unicode scalars.
  func span(ofText range: Range<Int>) -> SourceSpan {
    node?.span(ofCharacters: range) ?? span
  }

  /// The place of one of the program's words.
  func span(ofWord index: Int) -> SourceSpan {
    guard let node, node.items.indices.contains(index) else { return span }
    return node.items[index].span
  }
}

extension LintedPlan {
  /// The processes of tasks and reverts, in declaration order, each declaration once.
  ///
  /// - Complexity: linear in the size of the plan and the file.
  var commands: [DeclaredCommand] {
    var mappings: [SourceSpan: DocumentNode] = [:]
    for node in document?.tasks ?? [] {
      if let span = node["task"]?.span { mappings[span] = mappings[span] ?? node }
    }
    return declaredTasks.flatMap { declared -> [DeclaredCommand] in
      let task = declared.task
      let mapping = mappings[task.span]
      var commands: [DeclaredCommand] = []
      if case .command(let action) = task.action {
        commands.append(
          DeclaredCommand(
            owner: "task \(declared.name)", action: action,
            parameters: task.requirements.map(\.parameter), span: task.span, in: mapping))
      }
      if let revert = task.traits.revert, case .command(let action) = revert.action {
        let parameters =
          task.revertRequirements.map(\.parameter) + task.provision.items.map(\.key)
          + ["result", "failure"]
        commands.append(
          DeclaredCommand(
            owner: "the revert of task \(declared.name)", action: action, parameters: parameters,
            span: revert.span, in: mapping?["revert"]))
      }
      return commands
    }
  }
}
