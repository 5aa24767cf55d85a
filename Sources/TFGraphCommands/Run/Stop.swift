import Synchronization

/// The first signal that asked a run to stop, if one did.
///
/// A class, since the task that listens and the one that runs share it.
final class Stop: Sendable {
  private let first = Mutex<Int32?>(nil)

  /// The first signal.
  var signal: Int32? { first.withLock { $0 } }

  /// Notes a signal; the first stays.
  func note(_ signal: Int32) {
    first.withLock { $0 = $0 ?? signal }
  }
}
