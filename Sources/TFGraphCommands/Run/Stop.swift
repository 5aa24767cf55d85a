import Synchronization

/// The first signal that asked a run to stop, if one did.
///
/// A class, since the task that listens and the one that runs share it.
final class Stop: Sendable {
  private let first = Mutex<(signal: Int32, isCancelled: Bool)?>(nil)

  /// The first signal.
  var signal: Int32? { first.withLock { $0?.signal } }

  /// Whether the first was that of `tfgraph cancel`.
  var isCancelled: Bool { first.withLock { $0?.isCancelled == true } }

  /// Notes a signal; the first stays.
  func note(_ signal: Int32, isCancelled: Bool) {
    first.withLock { $0 = $0 ?? (signal, isCancelled) }
  }
}
