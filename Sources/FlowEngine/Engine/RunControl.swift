import Synchronization

/// Asks a run to stop, from anywhere.
public final class RunControl: Sendable {
  private struct State {
    var isSuspended = false
    var suspend: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// A control that can be given to one run.
  public init() {}

  /// Has nothing new started: what runs finishes, and the run ends as suspended, or as it would have when
  /// nothing is left to do. Before the run it counts as well.
  public func suspend() {
    let suspend = state.withLock { state in
      // Only the first time there is something new to tell.
      defer { state.isSuspended = true }
      return state.isSuspended ? nil : state.suspend
    }
    suspend?()
  }

  /// Whether the run was asked to stop.
  public var isSuspended: Bool { state.withLock(\.isSuspended) }

  func connect(_ suspend: @escaping @Sendable () -> Void) {
    let isSuspended = state.withLock { state in
      state.suspend = suspend
      return state.isSuspended
    }
    if isSuspended { suspend() }
  }

  func disconnect() {
    state.withLock { $0.suspend = nil }
  }
}
