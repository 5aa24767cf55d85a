public import TaskFlow

/// A flow that can be run from the command line, with what it is given.
public struct Sample: Sendable {
  /// What it is called on the command line.
  public var name: String

  /// What it shows, one phrase.
  public var summary: String

  /// The values that it is given, by symbol.
  public var inputs: [String: BoxedValue]

  /// Makes its flow; what its tasks have to say goes to `say`.
  public var flow: @Sendable (_ say: @escaping @Sendable (String) -> Void) -> Flow

  /// All samples.
  public static let all = [
    Sample(
      name: "letters", summary: "a nested flow is tried with one letter after another", inputs: [:],
      flow: { lettersFlow(say: $0) }),
    Sample(
      name: "send-message", summary: "a message is sent again up to five times, then undone",
      inputs: [:], flow: { sendMessageFlow(say: $0) }),
    Sample(
      name: "connect", summary: "one server after another is tried until one answers",
      inputs: ["server_ips": BoxedValue(["10.0.0.1", "10.0.0.2", "10.0.0.3"])],
      flow: { connectFlow(say: $0) }),
  ]
}
