import Synchronization

/// A clock whose time passes only when a test says so.
///
/// ```swift
/// let clock = ManualClock()
/// // … start what sleeps for a minute, then:
/// await clock.waitForSleeps(1)
/// clock.advance(by: .seconds(60))
/// ```
public final class ManualClock: Clock, Sendable {
  /// A moment, told by the time since the clock was made.
  public struct Instant: InstantProtocol {
    /// The time since the clock was made.
    public var offset: Duration

    /// The moment a while later.
    public func advanced(by duration: Duration) -> Instant {
      Instant(offset: offset + duration)
    }

    /// The time from here to another moment.
    public func duration(to other: Instant) -> Duration { other.offset - offset }

    /// An earlier moment is less than a later one.
    public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct State {
    var now = Instant(offset: .zero)
    var line = WaitingLine<Instant>()
  }

  private let state = Mutex(State())

  /// A clock at time zero.
  public init() {}

  /// The moment that it is.
  public var now: Instant { state.withLock(\.now) }

  /// The clock is exact.
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// How many sleep.
  public var sleeperCount: Int { state.withLock(\.line.count) }

  /// How many have gone to sleep so far, those whose time had come already too.
  public var sleepCount: Int { state.withLock(\.line.arrivals) }

  /// How long each sleeper still has to sleep, shortest first.
  public var remainingSleeps: [Duration] {
    state.withLock { state in
      state.line.tickets.map { state.now.duration(to: $0) }.sorted()
    }
  }

  /// Lets time pass. Sleepers whose time has come are woken, earlier deadlines first, and of equal ones
  /// who went to sleep first.
  public func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      return state.line.release { [now = state.now] in $0 <= now }
    }
    // Sorting is stable.
    for (_, continuation) in woken.sorted(by: { $0.ticket < $1.ticket }) { continuation.resume() }
  }

  /// Sleeps until the clock was advanced to a moment.
  ///
  /// - Throws: `CancellationError` when the current task is cancelled before.
  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    let number = state.withLock { $0.line.nextNumber() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let (watchers, waits, isOver) = state.withLock { state in
          let isOver = deadline <= state.now
          let waits = state.line.join(number, deadline, continuation, if: !isOver)
          return (state.line.arrive(), waits, isOver)
        }
        if !waits {
          continuation.resume(with: isOver ? .success(()) : .failure(CancellationError()))
        }
        for watcher in watchers { watcher.resume() }
      }
    } onCancel: {
      state.withLock { $0.line.leave(number) }?.resume(throwing: CancellationError())
    }
  }

  /// Waits until so many have gone to sleep since the clock was made.
  public func waitForSleeps(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let waits = state.withLock { $0.line.watch(for: count, continuation) }
      if !waits { continuation.resume() }
    }
  }
}
