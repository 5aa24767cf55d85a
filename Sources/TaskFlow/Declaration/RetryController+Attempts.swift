extension RetryController {
  /// How many attempts there may be in all; `nil` when there is no limit, or its rules don't tell.
  package var mostAttempts: Int? {
    switch strategy {
    case .times(.max): nil
    case .times(let attempts): max(attempts, 1)
    case .forEach(let values): values.count
    case .alwaysRevert, .alwaysRevertAll: 1
    case .parameterizedForEach, .custom: nil
    }
  }
}
