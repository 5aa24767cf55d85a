package import TaskFlow

/// A shell text of a flow, as a shell checker is asked about it.
package struct CheckedScript: Sendable, Hashable {
  /// The text.
  package var text: String

  /// The shell with its options, as in `bash -euo pipefail -c`.
  package var shell: String

  /// A text for a shell.
  package init(text: String, shell: String) {
    self.text = text
    self.shell = shell
  }

  /// The text of a command; `nil` when no shell runs it whose language is known.
  init?(_ action: CommandAction) {
    guard case .shell(let text, let interpreter) = action.invocation,
      ShellDialect(interpreter: interpreter) != nil
    else { return nil }
    self.init(text: text, shell: interpreter.joined(separator: " "))
  }
}

extension Flow {
  /// The shell texts of all tasks and reverts, in declaration order, each once.
  ///
  /// - Complexity: linear in the size of the flow.
  package var shellScripts: [CheckedScript] {
    var scripts: [CheckedScript] = []
    var seen: Set<CheckedScript> = []
    var open = [self]
    while let flow = open.popLast() {
      var inner: [Flow] = []
      for item in flow.items {
        switch item {
        case .flow(let flow): inner.append(flow)
        case .task(let task):
          for case .command(let action) in [task.action, task.traits.revert?.action].compactMap(
            \.self)
          {
            guard let script = CheckedScript(action), seen.insert(script).inserted else { continue }
            scripts.append(script)
          }
        }
      }
      open += inner.reversed()
    }
    return scripts
  }
}
