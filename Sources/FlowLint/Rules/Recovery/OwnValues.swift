import FlowDiagnostics
import TaskFlow

/// Finds what the revert of a task reads of what the task itself provides, and is not there when it failed.
///
/// A task that fails is undone as well, and has provided nothing then (semantics 5.2). A shell that takes a
/// variable without a value for a mistake ends there, and the run can't be undone.
struct OwnValues {
  /// A variable that a revert reads.
  struct Use {
    let name: String
    let span: SourceSpan
  }

  /// The first use of each variable, in the order of the text.
  private(set) var uses: [Use] = []

  init(in command: DeclaredCommand) {
    let task = command.declared.task
    guard command.isRevert, task.mayFail, !task.provision.items.isEmpty,
      case .shell(_, let interpreter) = command.action.invocation,
      interpreter.contains(where: { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("u") }),
      let text = command.shellText
    else { return }
    let shell = ShellText(text)
    let given = Set(
      task.requirements.map(\.parameter) + task.revertRequirements.map(\.parameter)
        + command.action.environment.map(\.name))
    var names = Set(task.provision.items.map(\.key)).subtracting(given)
      .subtracting(shell.mentions)
    // Who asks for a value once knows that there may be none.
    names.subtract(shell.uses.filter(\.hasFallback).map(\.name))
    if names.isEmpty || shell.isOpaque || text.contains("set +") { return }
    for use in shell.foreignUses where names.remove(use.name) != nil {
      uses.append(Use(name: use.name, span: command.span(ofText: shell.characters(use.range))))
    }
  }
}
