public import TaskFlow

/// A listener that prints what happens in a run in words, a line an event.
public struct PrintingListener: RunListener {
  private let narration: RunNarration
  private let print: @Sendable (String) -> Void

  /// A listener for runs of a plan.
  ///
  /// - Parameters:
  ///   - plan: the plan of the runs.
  ///   - print: is given each line, without a line feed.
  public init(plan: Plan, print: @escaping @Sendable (String) -> Void = { Swift.print($0) }) {
    narration = RunNarration(plan: plan)
    self.print = print
  }

  /// Prints an event, unless it is one that has no words: progress, and the run's own state.
  public func receive(_ event: RunEvent) {
    if let line = narration.line(for: event) { print(line) }
  }
}
