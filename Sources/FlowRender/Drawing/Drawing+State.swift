extension Drawing {
  /// The state of an atom in a run, or none.
  package enum State: String, Codable, Hashable, Sendable, CaseIterable {
    /// No run is shown.
    case plain
    case pending
    case running
    case success
    case failure
    case retrying
    case reverting
    case reverted
    case revertFailure
    case ignored

    /// The state as people say it; nothing when no run is shown.
    package var words: String? {
      switch self {
      case .plain: nil
      case .revertFailure: "revert failure"
      default: rawValue
      }
    }

    /// The state as one or two characters of text, for writers without shapes.
    package var glyph: String? {
      switch self {
      case .plain: nil
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
}
