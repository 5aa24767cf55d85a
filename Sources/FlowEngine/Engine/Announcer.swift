import Synchronization
import TaskFlow

/// Tells the listener of a run what happens, one event at a time.
///
/// Bodies tell about progress and output on their own threads, while they wait: so there is one order, a
/// flood of output is kept nowhere, and who writes too fast is slowed down by who listens.
final class Announcer: Sendable {
  /// One call of an atom's method; what it tells after its end is dropped.
  struct Call: Sendable {
    fileprivate let node: NodeIndex
    fileprivate let number: Int32
  }

  /// How often a call of each node began or ended.
  private let calls: Mutex<[Int32]>
  private let elapsed: @Sendable () -> Duration
  private let listener: @Sendable (RunEvent) -> Void

  init(
    nodeCount: Int, elapsed: @escaping @Sendable () -> Duration,
    listener: @escaping @Sendable (RunEvent) -> Void
  ) {
    calls = Mutex(Array(repeating: 0, count: nodeCount))
    self.elapsed = elapsed
    self.listener = listener
  }

  /// Tells that something happened.
  func tell(_ kind: RunEvent.Kind) {
    calls.withLock { _ in listener(RunEvent(elapsed: elapsed(), kind: kind)) }
  }

  /// Tells what a call has to say, unless it is over.
  func tell(_ kind: RunEvent.Kind, during call: Call) {
    calls.withLock { calls in
      guard calls[Int(call.node)] == call.number else { return }
      listener(RunEvent(elapsed: elapsed(), kind: kind))
    }
  }

  /// Begins a call of one of an atom's methods.
  func beginCall(of node: NodeIndex) -> Call {
    calls.withLock { calls in
      calls[Int(node)] += 1
      return Call(node: node, number: calls[Int(node)])
    }
  }

  /// Ends the call of an atom's method.
  func endCall(of node: NodeIndex) {
    calls.withLock { $0[Int(node)] += 1 }
  }
}
