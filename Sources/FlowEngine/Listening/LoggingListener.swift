public import Logging
public import TaskFlow

/// A listener that logs what happens in a run.
///
/// A failed run, a failed atom and a failed revert are logged as `error`; a run that was undone, decisions,
/// retries and missing values as `warning` or `notice`; other changes of the run as `info`, of atoms as
/// `debug`; progress and output as `trace`. The metadata say `atom`, `attempt` and `elapsed` where there are
/// such.
public struct LoggingListener: RunListener {
  private let plan: Plan
  private let logger: Logger

  /// A listener that logs runs of a plan to a logger, which the program configures.
  public init(plan: Plan, logger: Logger) {
    self.plan = plan
    self.logger = logger
  }

  /// Logs an event.
  public func receive(_ event: RunEvent) {
    let level = Self.level(of: event)
    guard logger.logLevel <= level else { return }
    var metadata: Logger.Metadata = ["elapsed": "\(event.elapsed)"]
    if let atom = event.atom { metadata["atom"] = "\(plan.name(of: atom))" }
    if case .atomChanged(_, _, _, let attempt, _) = event.kind {
      metadata["attempt"] = "\(attempt)"
    }
    logger.log(level: level, "\(message(of: event))", metadata: metadata)
  }

  private static func level(of event: RunEvent) -> Logger.Level {
    switch event.kind {
    case .flowChanged(_, .failure), .atomChanged(_, _, .failure, _, _),
      .atomChanged(_, _, .revertFailure, _, _):
      .error
    case .flowChanged(_, .reverted), .resultLacks: .warning
    case .decided, .pausing: .notice
    case .flowChanged, .told: .info
    case .atomChanged, .calledAgain: .debug
    case .progress, .output: .trace
    }
  }

  private func message(of event: RunEvent) -> String {
    switch event.kind {
    case .flowChanged(_, let new): "flow '\(plan.name)' \(new)"
    case .atomChanged(let node, _, let new, _, let failure):
      "'\(plan.name(of: node))' \(new)" + (failure.map { ": \($0.message)" } ?? "")
    case .calledAgain(let node, let action, let attempt):
      "'\(plan.name(of: node))' is called again: \(action.rawValue), attempt \(attempt)"
    case .progress(let node, let fraction):
      "'\(plan.name(of: node))' is done to \(Int(fraction * 100)) %"
    case .output(let node, let output): "'\(plan.name(of: node))' wrote: \(output.text)"
    case .decided(let node, let decision): "'\(plan.name(of: node))' decided: \(decision.rawValue)"
    case .pausing(let node, let delay):
      "'\(plan.name(of: node))' pauses for \(RunNarration.text(of: delay))"
    case .resultLacks(let node, let symbol):
      "'\(plan.name(of: node))' gave no value for '\(symbol)'"
    case .told(let node, let name, let details):
      "'\(plan.name(of: node))' told '\(name)': \(FlowValueJSON.text(of: details))"
    }
  }
}
