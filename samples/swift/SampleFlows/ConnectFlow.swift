public import TaskFlow

/// A connection to the first server of a list that answers.
///
/// The list is the flow's input `server_ips`; its controller provides one address of it after another
/// as `ip`.
///
/// - Parameters:
///   - answers: whether the server at an address answers.
///   - say: is told what happens.
public func connectFlow(
  answers: @escaping @Sendable (String) -> Bool = { $0.hasSuffix(".3") },
  say: @escaping @Sendable (String) -> Void
) -> Flow {
  let servers = Symbol<[String]>("server_ips")
  let address = Symbol<String>("ip")
  let connection = Symbol<String>("connection")

  var flow = Flow.linear(
    "connection", retry: .forEach("servers", valuesOf: servers, provides: address)
  ) {
    FlowTask("connect", requires: address, provides: connection) { address in
      say("calls \(address)")
      guard answers(address) else { throw Failure("\(address) does not answer") }
      return "connection to \(address)"
    }
    .reverting { context in
      if context.failure != nil { say("hangs up") }
    }
    FlowTask("greet", requires: connection) { connection in say("has a \(connection)") }
      .nothingToRevert()
  }
  flow.inputs = [
    FlowInput(
      servers, defaultValue: ["10.0.0.1", "10.0.0.2", "10.0.0.3"],
      summary: "the addresses to try, in order")
  ]
  flow.summary = "one server after another is tried until one answers"
  return flow
}
