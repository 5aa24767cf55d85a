import FlowEngine

extension AtomState {
  /// The sign of the state, the same in traces as in pictures.
  var glyph: String {
    switch self {
    case .pending: "○"
    case .running: "▶"
    case .success: "✓"
    case .failure: "✗"
    case .retrying: "↻"
    case .reverting: "↩"
    case .reverted: "↩✓"
    case .revertFailure: "⚠"
    case .ignored: "⤼"
    }
  }
}

extension [AtomState] {
  /// The glyphs of the states that an atom had one after another, with a space before each new attempt.
  var attempts: String {
    var attempts = [""]
    for state in self {
      switch state {
      case .pending: attempts.append("")
      case .retrying: attempts.append(state.glyph)
      default: attempts[attempts.count - 1] += state.glyph
      }
    }
    if attempts[attempts.count - 1].isEmpty {
      attempts[attempts.count - 1] = AtomState.pending.glyph
    }
    return attempts.joined(separator: " ")
  }
}

extension FlowState {
  /// The state as one word.
  var word: String {
    switch self {
    case .pending: "pending"
    case .running: "running"
    case .suspending: "suspending"
    case .suspended: "suspended"
    case .resuming: "resuming"
    case .success: "success"
    case .failure: "failure"
    case .reverted: "reverted"
    }
  }
}
