import Synchronization
import TaskFlow

/// Tells the listeners of a run what happens, one event at a time, and keeps how far tasks say they are.
///
/// Bodies tell about progress and output on their own threads, while they wait: so there is one order, a
/// flood of output is kept nowhere, and who writes too fast is slowed down by who listens.
final class Announcer: Sendable {
  private struct State {
    /// How often a call of each node began or ended; empty when nobody listens. What a call tells after
    /// its end is dropped.
    var calls: [Int32]
    /// How far the tasks are that said so.
    var progress: [NodeIndex: Double] = [:]
  }

  private let state: Mutex<State>
  /// Whether any task said how far it is.
  private let hasProgress = Atomic(false)
  private let elapsed: @Sendable () -> Duration
  private let listeners: [any RunListener]
  /// Whether anybody listens.
  let hasListeners: Bool

  init(
    nodeCount: Int, elapsed: @escaping @Sendable () -> Duration, listeners: [any RunListener]
  ) {
    hasListeners = !listeners.isEmpty
    state = Mutex(State(calls: listeners.isEmpty ? [] : Array(repeating: 0, count: nodeCount)))
    self.elapsed = elapsed
    self.listeners = listeners
  }

  /// Tells that something happened.
  func tell(_ kind: RunEvent.Kind) {
    guard hasListeners else { return }
    state.withLock { _ in send(kind) }
  }

  /// Tells what a call has to say, unless it is over.
  func tell(_ kind: RunEvent.Kind, during call: TaskContext.CallID) {
    state.withLock { state in
      if hasListeners, state.calls[Int(call.node)] != call.number { return }
      send(kind)
    }
  }

  /// Keeps and tells how far the body of a call says it is.
  func report(_ fraction: Double, during call: TaskContext.CallID) {
    state.withLock { state in
      if hasListeners, state.calls[Int(call.node)] != call.number { return }
      state.progress[call.node] = fraction
      hasProgress.store(true, ordering: .relaxed)
      send(.progress(call.node, fraction))
    }
  }

  /// Tells that a call has begun or ended its work; what its body said before is forgotten.
  func mark(_ fraction: Double, during call: TaskContext.CallID) {
    if hasListeners { tell(.progress(call.node, fraction), during: call) }
    guard hasProgress.load(ordering: .relaxed) else { return }
    state.withLock { $0.progress[call.node] = nil }
  }

  private func send(_ kind: RunEvent.Kind) {
    guard hasListeners else { return }
    let event = RunEvent(elapsed: elapsed(), kind: kind)
    for listener in listeners { listener.receive(event) }
  }

  /// Begins a call of one of an atom's methods.
  func beginCall(of node: NodeIndex) -> TaskContext.CallID {
    guard hasListeners else { return TaskContext.CallID(node: node, number: 0) }
    return state.withLock { state in
      state.calls[Int(node)] += 1
      return TaskContext.CallID(node: node, number: state.calls[Int(node)])
    }
  }

  /// Ends the call of an atom's method.
  func endCall(of node: NodeIndex) {
    guard hasListeners else { return }
    state.withLock { $0.calls[Int(node)] += 1 }
  }

  /// How far the tasks are that said so themselves.
  var progress: [NodeIndex: Double] { state.withLock(\.progress) }
}

/// A listener that is a function.
struct ClosureListener: RunListener {
  let body: @Sendable (RunEvent) -> Void

  func receive(_ event: RunEvent) { body(event) }
}
