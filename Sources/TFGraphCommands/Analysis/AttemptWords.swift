import TaskFlow

/// How often tasks can be tried, in words.
enum AttemptWords {
  /// The factors with their product: `3 × 5 = 15`, or `2` for one; `nil` when one is not known.
  static func product(_ factors: [Int?]) -> String? {
    let known = factors.compactMap(\.self)
    guard known.count == factors.count else { return nil }
    return known.count == 1 ? "\(known[0])" : NestedAttempts.text(of: known)
  }
}
