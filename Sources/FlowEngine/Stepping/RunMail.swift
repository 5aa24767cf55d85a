import DequeModule
import Synchronization
import TaskFlow

/// The calls under way of a run that one reader takes on, and what came of them.
///
/// A reader whose task is cancelled still waits: what was cancelled says how it ended.
final class RunMail: RunMailbox {
  private struct State {
    var messages: Deque<RunMessage> = []
    var reader: CheckedContinuation<RunMessage, Never>?
    var calls: [NodeIndex: Task<Void, Never>] = [:]
    var isCancelled = false
  }

  private let state = Mutex(State())

  /// Hands a message to the reader, or keeps it.
  func post(_ message: RunMessage) {
    let reader = state.withLock { state in
      if case .event(let event) = message, let node = event.endedCall { state.calls[node] = nil }
      guard let reader = state.reader.take() else {
        state.messages.append(message)
        return nil as CheckedContinuation<RunMessage, Never>?
      }
      return reader
    }
    reader?.resume(returning: message)
  }

  /// The next message; waits for it.
  func next() async -> RunMessage {
    await withCheckedContinuation { continuation in
      let message = state.withLock { state in
        let message = state.messages.popFirst()
        if message == nil { state.reader = continuation }
        return message
      }
      if let message { continuation.resume(returning: message) }
    }
  }

  /// Makes a call, and posts what came of it.
  func make(_ call: AtomCall, with runner: AtomRunner) {
    state.withLock { state in
      let task = Task {
        post(.event(await runner.run(call)))
      }
      // Its end is posted under the same lock, so it can't be noted after it.
      state.calls[call.node] = task
      if state.isCancelled { task.cancel() }
    }
  }

  /// Cancels all calls, also those that are made later.
  func cancel() {
    let calls = state.withLock { state in
      state.isCancelled = true
      return Array(state.calls.values)
    }
    for call in calls { call.cancel() }
  }
}
