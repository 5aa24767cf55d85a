import FlowEngine
import TaskFlow

/// A line that a task wrote, as it is kept: one JSON object a line of a file.
struct LoggedLine: Equatable {
  /// When it was written, in microseconds since 1970.
  var time: Int64
  var call: Call
  var stream: TaskOutput.Stream
  var text: String

  /// The call of a task's method that wrote it.
  struct Call: Hashable {
    var task: String
    var action: TaskContext.Action
    /// From 1.
    var attempt: Int
  }

  /// The line of the file, with its end.
  var json: String {
    let value = FlowValue.map([
      "time": .int(Int(time)), "task": .string(call.task), "action": .string(call.action.rawValue),
      "attempt": .int(call.attempt),
      "stream": .string(stream == .standardOutput ? "stdout" : "stderr"), "text": .string(text),
    ])
    return FlowValueJSON.text(of: value) + "\n"
  }

  init(time: Int64, call: Call, stream: TaskOutput.Stream, text: String) {
    self.time = time
    self.call = call
    self.stream = stream
    self.text = text
  }

  /// Reads a line of the file; `nil` for what is none, such as one that a killed process began.
  init?(json: some StringProtocol) {
    guard case .map(let fields) = try? FlowValueJSON.parse(String(json)),
      case .int(let time) = fields["time"], case .string(let task) = fields["task"],
      case .string(let word) = fields["action"], let action = TaskContext.Action(rawValue: word),
      case .int(let attempt) = fields["attempt"], case .string(let stream) = fields["stream"],
      case .string(let text) = fields["text"]
    else { return nil }
    self.init(
      time: Int64(time), call: Call(task: task, action: action, attempt: attempt),
      stream: stream == "stdout" ? .standardOutput : .standardError, text: text)
  }
}
