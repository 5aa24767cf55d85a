extension RetryController {
  /// How many attempts there may be in all, if that is known; `nil` also when there is no limit.
  package var mostAttempts: Int? {
    switch strategy {
    case .times(.max): nil
    case .times(let attempts): max(attempts, 1)
    case .forEach(let values): values.count
    case .alwaysRevert, .alwaysRevertAll: 1
    case .parameterizedForEach, .custom: nil
    }
  }

  /// Whether a failure can lead to another attempt, as far as that is known.
  package var mayRetry: Bool { mostAttempts.map { $0 > 1 } ?? true }

  /// Whether, with no attempt left, it undoes everything.
  package var undoesEverything: Bool {
    if case .alwaysRevertAll = strategy { return true }
    return revertsAll
  }

  /// Whether it can come to its last attempt.
  package var mayEnd: Bool {
    if case .times(.max) = strategy { false } else { true }
  }

  /// Whether it has rules of its own, of which nothing is known.
  package var isCustom: Bool {
    if case .custom = strategy { true } else { false }
  }
}
