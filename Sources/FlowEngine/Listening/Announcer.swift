import DequeModule
import Synchronization
import TaskFlow

/// Tells the listeners of a run what happens, one event at a time, and keeps how far tasks say they are.
///
/// Bodies tell about progress and output on their own threads, while they wait: so there is one order, a
/// flood of output is kept nowhere, and who writes too fast is slowed down by who listens.
final class Announcer: Sendable {
  private struct State {
    /// The number of the call of each node whose tellings are heard; empty when nobody listens. What a call
    /// tells after its end is dropped.
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

  /// Tells what happened at one time, in order, and empties the lists.
  ///
  /// - Parameter calls: the calls that have ended before that or are to begin after it, each with the number of
  ///   the next of its node; what an earlier one tells is dropped.
  func tell(_ kinds: inout Deque<RunEvent.Kind>, calls: inout [TaskContext.CallID]) {
    guard hasListeners else { return }
    state.withLock { state in
      for call in calls { state.calls[Int(call.node)] = call.number }
      guard !kinds.isEmpty else { return }
      let now = elapsed()
      while let kind = kinds.popFirst() { send(kind, at: now) }
    }
    if !calls.isEmpty { calls.removeAll(keepingCapacity: true) }
  }

  /// Tells what a call has to say, unless it is over.
  func tell(_ kind: RunEvent.Kind, during call: TaskContext.CallID) {
    state.withLock { state in
      guard hasListeners, state.calls[Int(call.node)] == call.number else { return }
      send(kind, at: elapsed())
    }
  }

  /// Keeps and tells how far the body of a call says it is.
  func report(_ fraction: Double, during call: TaskContext.CallID) {
    state.withLock { state in
      if hasListeners, state.calls[Int(call.node)] != call.number { return }
      state.progress[call.node] = fraction
      hasProgress.store(true, ordering: .relaxed)
      if hasListeners { send(.progress(call.node, fraction), at: elapsed()) }
    }
  }

  /// Forgets how far the body of a call said it was, for one that begins or has succeeded.
  func forgetProgress(of node: NodeIndex) {
    guard hasProgress.load(ordering: .relaxed) else { return }
    state.withLock { $0.progress[node] = nil }
  }

  private func send(_ kind: RunEvent.Kind, at time: Duration) {
    let event = RunEvent(elapsed: time, kind: kind)
    for index in listeners.indices { listeners[index].receive(event) }
  }

  /// How far the tasks are that said so themselves.
  var progress: [NodeIndex: Double] { state.withLock(\.progress) }
}

/// A listener that is a function.
struct ClosureListener: RunListener {
  let body: @Sendable (RunEvent) -> Void

  func receive(_ event: RunEvent) { body(event) }
}
