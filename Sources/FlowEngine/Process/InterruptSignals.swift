import Glibc
import Synchronization

/// The signals by which a person or the system asks a command to stop, as a stream.
///
/// While it listens, the signals do not end the program. When the stream ends (``stop()``, or the
/// task that iterates over it is cancelled), they do again what they did before.
///
/// Signals that were ignored when it began are left ignored: `nohup` and shells that start a job in
/// the background ask for it. Only one can listen at a time, since signals belong to the whole
/// program; the stream of another one ends at once.
package struct InterruptSignals: Sendable {
  /// One signal that has come.
  package struct Occurrence: Sendable, Hashable {
    /// The signal, such as `SIGINT`.
    package let signal: Int32
    /// Its place among all that have come, from 1. On the second, hurry.
    package let number: Int

    /// Makes an occurrence.
    package init(signal: Int32, number: Int) {
      self.signal = signal
      self.number = number
    }

    /// The exit code of a command that this signal stopped, such as 130.
    package var exitCode: Int32 { 128 + signal }
  }

  /// The signals in the order in which they came; for one listener.
  package let occurrences: AsyncStream<Occurrence>
  private let continuation: AsyncStream<Occurrence>.Continuation

  /// Starts listening; when this returns, no signal is lost.
  ///
  /// - Parameter signals: which; those of users are sent by `tfgraph cancel`, and never ignored.
  package init(_ signals: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2]) {
    (occurrences, continuation) = AsyncStream.makeStream(of: Occurrence.self)
    let sink = continuation
    let number = Atomic(0)
    let hasBegun = SignalPipe.begin { signal in
      sink.yield(Occurrence(signal: signal, number: number.add(1, ordering: .relaxed).newValue))
    }
    guard hasBegun else {
      sink.finish()
      return
    }
    let dispositions = Mutex(signals.compactMap(SignalPipe.redirect))
    sink.onTermination = { _ in
      dispositions.withLock { for disposition in $0 { disposition.restore() } }
      SignalPipe.end()
    }
  }

  /// Ends the stream.
  package func stop() {
    continuation.finish()
  }
}
