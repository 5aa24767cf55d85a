public import TaskFlow

/// A flow that can be run from the command line.
public struct Sample: Sendable {
  /// What it is called on the command line: the name of its flow.
  public var name: String

  /// Makes its flow; what its tasks have to say goes to `say`.
  public var flow: @Sendable (_ say: @escaping @Sendable (String) -> Void) -> Flow

  /// All samples.
  public static let all = [
    Sample(name: "spell", flow: { lettersFlow(say: $0) }),
    Sample(name: "message", flow: { sendMessageFlow(say: $0) }),
    Sample(name: "connection", flow: { connectFlow(say: $0) }),
  ]
}
