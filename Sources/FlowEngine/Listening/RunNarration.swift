import FlowDiagnostics
public import TaskFlow

/// Says what happens in a run in words, a line an event.
///
/// Names and messages are escaped, so that no flow can steer a terminal.
public struct RunNarration: Sendable {
  /// The plan that is run.
  public let plan: Plan

  /// The words for the events of runs of a plan.
  public init(plan: Plan) {
    self.plan = plan
  }

  /// The line of an event, or `nil` for one that is not told.
  public func line(for event: RunEvent) -> String? {
    switch event.kind {
    case .atomChanged(let node, let old, let new, let attempt, let failure):
      return change(node, old, new, attempt: attempt, failure, at: event.elapsed)
    case .calledAgain(let node, let action, let attempt):
      let state: AtomState = action == .execute ? .running : .reverting
      return change(node, state, state, attempt: attempt, nil, at: event.elapsed).map {
        $0 + ", again"
      }
    case .decided(let node, let decision):
      return stamped(event.elapsed, "↻", decided(node, decision))
    case .pausing(let node, let duration):
      let owner = subject(of: node)
      return stamped(
        event.elapsed, "…", "\(owner): next attempt in \(Self.text(of: duration))")
    case .output(let node, let output):
      return "         \(name(node)) │ \(TerminalText.escaped(output.text))"
    case .resultLacks(let node, let symbol):
      return stamped(event.elapsed, "!", "\(name(node)) gave no value for '\(symbol)'")
    case .told(let node, let name, let details):
      let details = details == .null ? "" : " \(FlowValueJSON.text(of: details))"
      return stamped(
        event.elapsed, "·", "\(self.name(node)): \(TerminalText.escaped(name + details))")
    case .flowChanged, .progress:
      return nil
    }
  }

  private func change(
    _ node: NodeIndex, _ old: AtomState, _ new: AtomState, attempt: Int, _ failure: Failure?,
    at elapsed: Duration
  ) -> String? {
    guard plan.nodes[Int(node)].isTask else {
      guard let failure else { return nil }
      return stamped(elapsed, "✗", "\(subject(of: node)): \(TerminalText.escaped(failure.message))")
    }
    let name = name(node)
    let because = failure.map { ": \(TerminalText.escaped($0.message))" } ?? ""
    switch new {
    case .running:
      return stamped(elapsed, "▶", attempt > 1 ? "\(name) (attempt \(attempt))" : name)
    case .success: return stamped(elapsed, "✓", name)
    case .failure: return stamped(elapsed, "✗", name + because)
    case .reverting:
      let hasRevert = plan.task(at: node)?.traits.revert != nil
      return hasRevert ? stamped(elapsed, "↩", "undoing \(name)") : nil
    case .reverted:
      let hasRevert = plan.task(at: node)?.traits.revert != nil
      let phrase = old == .revertFailure ? "\(name) counts as undone" : "\(name) undone"
      return hasRevert ? stamped(elapsed, "↩", phrase) : nil
    case .revertFailure: return stamped(elapsed, "⚠", "\(name) could not be undone\(because)")
    case .ignored: return stamped(elapsed, "⤼", "\(name) skipped")
    case .pending, .retrying: return nil
    }
  }

  private func decided(_ node: NodeIndex, _ decision: RetryDecision) -> String {
    let subject = subject(of: node)
    return switch decision {
    case .retry: "\(subject) is undone and tried again"
    case .revert: "\(subject) is given up"
    case .revertAll: "\(subject) is given up, and everything is undone"
    }
  }

  /// What a controller decides about: its flow, or the one task in it.
  public func subject(of controller: NodeIndex) -> String {
    let flow = plan.flows[Int(plan.nodes[Int(controller)].flow)]
    if flow.name.hasSuffix(".flow"), let child = flow.children.first, flow.children.count == 1 {
      return name(child)
    }
    return TerminalText.escaped(flow.name)
  }

  /// The name of a node.
  public func name(_ node: NodeIndex) -> String { TerminalText.escaped(plan.name(of: node)) }

  private func stamped(_ elapsed: Duration, _ sign: String, _ text: String) -> String {
    let time = Self.seconds(elapsed)
    return String(repeating: " ", count: max(0, 7 - time.count)) + "\(time) \(sign) \(text)"
  }

  /// A time with one digit behind the point: `12.3s`.
  static func seconds(_ duration: Duration) -> String {
    let tenths = Int((duration / .milliseconds(100)).rounded(.down))
    return "\(tenths / 10).\(tenths % 10)s"
  }

  /// A time as short as it can be said, to the tenth of a second below a minute.
  public static func text(of duration: Duration) -> String {
    duration < .seconds(60)
      ? seconds(duration) : DurationText.text(of: .seconds(Int(duration / .seconds(1))))
  }
}
