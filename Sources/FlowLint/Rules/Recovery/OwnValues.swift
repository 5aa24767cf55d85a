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
    guard command.isRevert, !command.declared.task.provision.items.isEmpty,
      case .shell(let text, let interpreter) = command.action.invocation
    else { return }
    let task = command.declared.task
    // Few texts have such a name in them, and only those are worth to be read.
    let keys = task.provision.items.map(\.key).filter { Self.mayRead($0, in: text) }
    guard !keys.isEmpty, task.mayFail, command.shellText != nil, Self.endsAtUnset(interpreter),
      !text.contains("set +")
    else { return }
    let shell = ShellText(text)
    let given = Set(
      task.requirements.map(\.parameter) + task.revertRequirements.map(\.parameter)
        + command.action.environment.map(\.name))
    var names = Set(keys).subtracting(given).subtracting(shell.mentions)
    // Who asks for a value once knows that there may be none.
    names.subtract(shell.uses.filter(\.hasFallback).map(\.name))
    if names.isEmpty || shell.isOpaque { return }
    for use in shell.foreignUses where names.remove(use.name) != nil {
      uses.append(Use(name: use.name, span: command.span(ofText: shell.characters(use.range))))
    }
  }

  /// Whether a shell takes a variable without a value for a mistake: it has the option `-u`.
  private static func endsAtUnset(_ interpreter: [String]) -> Bool {
    interpreter.contains { word in
      word.hasPrefix("-") && !word.hasPrefix("--") && word.utf8.contains(UInt8(ascii: "u"))
    }
  }

  /// A quick look whether a text reads a variable without saying what counts when it has no value; right when it
  /// says no.
  private static func mayRead(_ name: String, in text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.indices.contains { index in
        guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else { return false }
        let isInBraces = bytes[index + 1] == UInt8(ascii: "{")
        var rest = bytes[(index + (isInBraces ? 2 : 1))...]
        guard rest.starts(with: name.utf8) else { return false }
        rest = rest.dropFirst(name.utf8.count)
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
        return !isInBraces || !(rest.first.map { "-=+?".utf8.contains($0) } ?? false)
      }
    }
  }
}
