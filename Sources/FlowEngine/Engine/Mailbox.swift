import Synchronization

/// Where the calls of a run leave what became of them, for the one who drives it.
///
/// A stream would end when its reader's task is cancelled, and with it what running bodies still have to
/// say. This goes on. All that has come is taken at once, so that many completions cost one wake-up.
final class Mailbox<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Leaves a message.
  func post(_ message: Message) {
    let reader = state.withLock { state in
      state.messages.append(message)
      return state.reader.take()
    }
    reader?.resume()
  }

  /// All messages that have come, in order; waits for one. There is one reader.
  func take() async -> [Message] {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if state.messages.isEmpty { state.reader = continuation }
        return state.messages.isEmpty
      }
      if !isEmpty { continuation.resume() }
    }
    return state.withLock { state in
      defer { state.messages = [] }
      return state.messages
    }
  }
}
