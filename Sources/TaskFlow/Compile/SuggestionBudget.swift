import FlowDiagnostics

/// Looks for similar names as long as there are not too many to look at: a flow with thousands of
/// misspelt names needs no suggestion for each of them.
struct SuggestionBudget {
  private var steps = 2_000_000

  /// The shortest name that is taken for a misspelt one: of `x` and `y` neither is a slip of the other.
  private static let shortest = 3

  /// The name that is nearest to a misspelt one, or `nil` if none is near.
  mutating func nearest(to name: String, among names: [String]) -> String? {
    guard steps > 0, name.unicodeScalars.count >= Self.shortest else { return nil }
    // One search looks at no more than 75,000 names, and compares in full only those of similar length.
    steps -= 10_000 + min(names.count, 75_000)
    return Suggestion.nearest(to: name, among: names)
  }
}
