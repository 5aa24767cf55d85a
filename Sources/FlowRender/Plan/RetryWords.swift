package import TaskFlow

/// How a retry controller is described in pictures and on pages.
package enum RetryWords {
  /// The badge on its area of influence, such as "↻ 3× · 10s…2m".
  static func badge(of controller: RetryController) -> String {
    let often: String
    switch controller.strategy {
    case .times(.max): often = "↻ until it succeeds"
    case .times(let attempts): often = "↻ \(attempts)×"
    case .forEach(let values): often = "↻ each of \(values.count)"
    case .parameterizedForEach:
      often = "↻ each of \(controller.requirements.first?.symbol ?? "a list")"
    case .alwaysRevert: return controller.revertsAll ? "never, ↩ all" : "never ↩"
    case .alwaysRevertAll: return "never, ↩ all"
    case .custom: often = "↻ by its own rules"
    }
    return ([often] + [pauses(of: controller)].compactMap(\.self)).joined(separator: " · ")
  }

  /// The controller in one sentence.
  package static func sentence(of controller: RetryController) -> String {
    let often =
      switch controller.strategy {
      case .times(.max): "Tried again until it succeeds"
      case .times(1): "Tried once"
      case .times(let attempts): "Tried up to \(attempts) times in all"
      case .forEach(let values): "Tried once with each of \(PlanWords.count(values.count, "value"))"
      case .parameterizedForEach:
        "Tried once with each value of \(controller.requirements.first?.symbol ?? "a list")"
      case .alwaysRevert, .alwaysRevertAll: "Tried once"
      case .custom: "Tried again by its own rules"
      }
    let end = controller.undoesEverything ? "the whole flow is undone" : "this flow is undone"
    return "\(often); then \(end)."
  }

  /// The shortest and longest pause that there can be, or `nil` for none.
  private static func pauses(of controller: RetryController) -> String? {
    guard let backoff = controller.backoff, controller.mayRetry else { return nil }
    let first = backoff.delay(beforeRetry: 1, fraction: 1)
    let last =
      controller.mostAttempts.map { backoff.delay(beforeRetry: $0 - 1, fraction: 1) }
      ?? (backoff.factor > 1 ? backoff.maximum : first)
    let range = [first] + (last > first ? [last] : [])
    return range.map { DurationText.text(of: $0) }.joined(separator: "…")
  }
}
