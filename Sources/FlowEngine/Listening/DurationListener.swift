import Synchronization
public import TaskFlow

/// A listener that measures how long each call of an atom takes.
///
/// A call lasts from the event that it runs, or is reverted, to the event of its end.
public final class DurationListener: RunListener {
  /// One call of an atom's method.
  public struct Call: Sendable, Hashable {
    /// The atom.
    public var atom: NodeIndex
    /// The method.
    public var action: TaskContext.Action
    /// Which attempt it was, from 1.
    public var attempt: Int
    /// How long it took.
    public var duration: Duration

    /// A call.
    public init(
      atom: NodeIndex, action: TaskContext.Action, attempt: Int, duration: Duration
    ) {
      self.atom = atom
      self.action = action
      self.attempt = attempt
      self.duration = duration
    }
  }

  private struct State {
    var starts: [NodeIndex: Duration] = [:]
    var calls: [Call] = []
  }

  private let state = Mutex(State())

  /// A listener that has measured nothing yet.
  public init() {}

  /// The calls that have ended, in the order in which they did.
  public var calls: [Call] { state.withLock(\.calls) }

  /// How long all calls of an atom took together.
  public func total(of atom: NodeIndex) -> Duration {
    calls.reduce(.zero) { $1.atom == atom ? $0 + $1.duration : $0 }
  }

  /// Notes the beginning or the end of a call.
  public func receive(_ event: RunEvent) {
    guard case .atomChanged(let atom, let old, let new, let attempt, _) = event.kind else { return }
    state.withLock { state in
      if old == .running || old == .reverting, let start = state.starts.removeValue(forKey: atom) {
        state.calls.append(
          Call(
            atom: atom, action: old == .running ? .execute : .revert, attempt: attempt,
            duration: event.elapsed - start))
      }
      if new == .running || new == .reverting { state.starts[atom] = event.elapsed }
    }
  }
}
