import TaskFlow

/// A call of an atom's method that is to be made.
struct AtomCall: Sendable {
  var id: TaskContext.CallID
  var action: TaskContext.Action
  var call: MachineAction.Call
  /// How long `execute` may take at most, besides the task's own timeout.
  var limit: FlowLimit?

  var node: NodeIndex { id.node }
}

/// Where what came of a run's calls and pauses is left; from anywhere.
protocol RunMailbox: Sendable {
  func post(_ message: RunMessage)
}

/// Something that came of a run's calls and pauses, or from outside.
enum RunMessage: Sendable {
  case event(MachineEvent)
  case pauseEnded(NodeIndex, number: Int)
  /// The run was asked to stop.
  case stop
}
