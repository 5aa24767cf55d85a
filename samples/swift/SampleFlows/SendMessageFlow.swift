public import TaskFlow

/// A message that is sent, and sent again up to five times when that fails: the sixth failure reverts.
///
/// - Parameters:
///   - arrives: whether the message arrives, by the number of the attempt from 1.
///   - say: is told what happens.
public func sendMessageFlow(
  arrives: @escaping @Sendable (Int) -> Bool = { _ in false },
  say: @escaping @Sendable (String) -> Void
) -> Flow {
  let attempt = Symbol<Int>("attempt")

  var flow = Flow.linear("message", retry: .times("resend", retries: 5, provides: attempt)) {
    FlowTask("write_message") { say("writes the message") }
      .reverting { _ in say("tears the message up") }
    FlowTask("send_message", requires: attempt) { attempt in
      say("sends the message, attempt \(attempt)")
      guard arrives(attempt) else { throw Failure("attempt \(attempt) did not arrive") }
      say("the message arrived")
    }
    .nothingToRevert()
  }
  flow.summary = "a message is sent again up to five times, then undone"
  return flow
}
