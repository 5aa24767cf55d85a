import Synchronization

/// A gate that bodies of tasks wait at until a test opens it.
///
/// ```swift
/// let gate = Gate()
/// let task = FlowTask("copy") { try await gate.pass() }
/// // … start the run, then:
/// await gate.waitForArrivals(1)  // the body runs now
/// gate.open()
/// ```
public final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var line = WaitingLine<Void>()
  }

  private let state = Mutex(State())

  /// A closed gate.
  public init() {}

  /// How many have come to the gate so far.
  public var arrivals: Int { state.withLock(\.line.arrivals) }

  /// How many wait at the gate.
  public var waitingCount: Int { state.withLock(\.line.count) }

  /// Opens the gate for good; those who wait pass in the order in which they came.
  public func open() {
    let released = state.withLock { state in
      state.isOpen = true
      return state.line.release()
    }
    for (_, continuation) in released { continuation.resume() }
  }

  /// Waits until the gate is open.
  ///
  /// - Throws: `CancellationError` when the current task is cancelled before.
  public func pass() async throws {
    let number = state.withLock { $0.line.nextNumber() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let (watchers, waits, isOpen) = state.withLock { state in
          let waits = state.line.join(number, (), continuation, if: !state.isOpen)
          return (state.line.arrive(), waits, state.isOpen)
        }
        if !waits {
          continuation.resume(with: isOpen ? .success(()) : .failure(CancellationError()))
        }
        for watcher in watchers { watcher.resume() }
      }
    } onCancel: {
      state.withLock { $0.line.leave(number) }?.resume(throwing: CancellationError())
    }
  }

  /// Waits until the gate is open, even when the current task is cancelled.
  public func passRegardless() async {
    // A task of its own is not cancelled with the current one.
    await Task { try? await pass() }.value
  }

  /// Waits until so many have come to the gate.
  public func waitForArrivals(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let waits = state.withLock { $0.line.watch(for: count, continuation) }
      if !waits { continuation.resume() }
    }
  }
}
