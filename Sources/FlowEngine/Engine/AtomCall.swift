import TaskFlow

/// A call of an atom's method that is to be made.
struct AtomCall: Sendable {
  var node: NodeIndex
  var action: TaskContext.Action
  var call: MachineAction.Call
  var limit: FlowLimit?
  var observer: AtomRunner.Observer
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
