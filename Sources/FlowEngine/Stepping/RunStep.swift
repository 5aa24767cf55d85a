public import TaskFlow

/// What the engine did next: it took up one thing that came, and did what follows from it.
public struct RunStep: Sendable {
  /// What happened in it, in order.
  public var events: [RunEvent]

  /// The state of the run after it.
  public var state: FlowState

  /// The tasks whose calls began with it, in order.
  public var begun: [NodeIndex]

  /// What became of the run, with its last step.
  public var report: RunReport?
}
