import TaskFlow

/// Decides by how many failures the attempt has so far, and takes two attempts at most.
struct FicklePolicy: RetryPolicy {
  var first: RetryDecision
  var later: RetryDecision

  func execute(history: History, arguments: Arguments) -> BoxedValue? { nil }

  func onFailure(history: History, arguments: Arguments) -> RetryDecision {
    let decision = (history.entries.last?.failures.count ?? 0) > 1 ? later : first
    return decision == .retry && history.count >= 2 ? .revert : decision
  }
}
