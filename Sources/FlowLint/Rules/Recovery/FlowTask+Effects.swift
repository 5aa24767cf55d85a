import TaskFlow

extension FlowTask {
  /// Whether it does something to the world, and is not only a value or a pause.
  var hasEffect: Bool {
    switch action {
    case .command, .body: true
    case .assignment, .wait: false
    }
  }

  /// Whether it can fail, as far as that is worth being prepared for.
  ///
  /// Setting a value can fail as well, where it takes parts out of one that others provide; of a process whose
  /// exit code is a value each outcome is a success.
  var mayFail: Bool {
    if hasExecuteHook { return true }
    switch action {
    case .body: return true
    case .command(let command): return !command.captures.contains(.exitCode)
    case .wait(.template): return true
    case .wait(.duration), .assignment: return false
    }
  }

  /// Whether it can't be undone, and is not harmless to repeat.
  var isFinal: Bool { isIrreversible && !isIdempotent }

  /// Whether it leaves something behind that nobody has thought of: it can't be undone, is not harmless to
  /// repeat, and does not say that there is nothing to undo.
  var isLeftBehind: Bool {
    hasEffect && !hasRevert && !needsNoRevert && !isIdempotent && !isIrreversible
  }
}
