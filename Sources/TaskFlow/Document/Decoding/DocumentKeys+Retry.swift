/// The keys of retries (flow-format.md).
extension DocumentKeys {
  static let retryShape = DocumentShape.any([.words(neverWords), .mapping(retry)])

  /// Retries that never try again: the flow is undone, or everything is.
  static let neverWords = ["never", "never-all"]

  /// How often can be tried at most.
  static let mostAttempts = 1_000_000

  static let retry = DocumentKeys(
    "retry", of: "a retry", "How often to try, with which values, and what follows",
    mayHold: .providers, choice: attempts,
    [
      DocumentKey("times", .integer(1...mostAttempts), "How many attempts there are in all"),
      DocumentKey(
        "retries", .integer(0...mostAttempts), "How many attempts there are after the first"),
      DocumentKey(
        "for_each",
        .any([.symbol, .list(.constant, DocumentShape.ListRules(fewest: 1))]),
        "A list of values, or the symbol that is one: an attempt for each until one succeeds"),
      DocumentKey(
        "provides", .symbol, "The symbol for the number of the attempt, or the value of 'for_each'"),
      DocumentKey(
        "backoff", .any([.duration, .mapping(backoff)]), "The pause before each further attempt"),
      DocumentKey(
        "exhausted", .words(Exhaustion.allCases.map(\.rawValue)),
        "What is undone when no attempt is left: this flow, or everything"),
    ] + DocumentKey.later("on", "requires"))

  static let backoff = DocumentKeys(
    "backoff", of: "a backoff", "A pause that grows with each attempt",
    [
      DocumentKey("initial", .duration, "The first pause, such as 10s", isRequired: true),
      DocumentKey("factor", .number(factors), "What each pause is multiplied by to be the next"),
      DocumentKey("max", .duration, "The longest pause"),
      DocumentKey(
        "jitter", .words(Backoff.Jitter.allCases.map(\.rawValue)),
        "Whether each pause is a random part of what is computed"),
    ])

  /// What a pause can be multiplied by.
  static let factors = 1.0...1_000.0
}

/// What is undone when no attempt is left.
enum Exhaustion: String, CaseIterable {
  case revert
  case revertAll = "revert-all"
}
