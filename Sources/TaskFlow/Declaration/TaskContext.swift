/// What the body of a task can see and do while it runs.
public struct TaskContext: Sendable {
  /// Which of an atom's two methods is run.
  public enum Action: String, Sendable, Hashable, Codable {
    case execute
    case revert
  }

  /// What became of `execute`, as `revert` is told.
  public enum Outcome: Sendable {
    /// It returned this.
    case success(AtomResult)
    /// It failed.
    case failure(Failure)
    /// It was interrupted, so nothing is known.
    case interrupted
  }

  private let task: FlowTask

  /// Whether the task is executed or reverted.
  public let action: Action

  /// The attempt, from 1; each retry of the task's area of influence is a new one.
  public var attempt: Int { Int(number) }

  private let number: Int32

  /// The arguments of the method that is run.
  public var arguments: Arguments {
    Arguments(action == .execute ? task.requirements : task.revertRequirements, values)
  }

  /// The values of the arguments.
  let values: [BoxedValue?]

  /// In `revert`, what became of `execute`.
  public var outcome: Outcome { past?.outcome ?? .interrupted }

  /// In `revert`, every execute failure since the atom was last reset, by atom name.
  ///
  /// Complexity: linear in the number of failures.
  public var flowFailures: [String: Failure] { past?.failures.byName ?? [:] }

  /// In `revert`, how often it failed before in this run and was settled on request, as by being called
  /// again.
  public var failedReverts: Int { past?.failedReverts ?? 0 }

  private let past: Past?
  private let call: CallID
  private let notify: @Sendable (CallID, Notice) -> Void

  /// The task's name.
  public var atom: String { task.name }

  package var provision: Provision { task.provision }

  /// What most calls are not told; apart, so that those stay small.
  package final class Past: Sendable {
    package let outcome: Outcome
    package let failures: FailureLog
    package let history: History?
    fileprivate let failedReverts: Int

    /// What became of `execute`, the failures of the flow, and a controller's attempts.
    package init(
      _ outcome: Outcome, _ failures: FailureLog = FailureLog(), _ history: History? = nil,
      failedReverts: Int = 0
    ) {
      self.outcome = outcome
      self.failures = failures
      self.history = history
      self.failedReverts = failedReverts
    }
  }

  /// Which call it is, of those that a run makes.
  package struct CallID: Sendable, Hashable {
    package let node: Int32
    package let number: Int32

    package init(node: Int32, number: Int32) {
      self.node = node
      self.number = number
    }
  }

  /// What a body has to say while it runs.
  package enum Notice: Sendable {
    case progress(Double)
    case told(String, FlowValue)
  }

  /// The context of one call.
  ///
  /// - Parameter values: what the method is given, in the order of its requirements.
  package init(
    _ task: FlowTask,
    action: Action,
    attempt: Int,
    values: [BoxedValue?],
    past: Past? = nil,
    call: CallID = CallID(node: 0, number: 0),
    notify: @escaping @Sendable (CallID, Notice) -> Void = { _, _ in }
  ) {
    self.task = task
    self.action = action
    number = Int32(clamping: attempt)
    self.values = values
    self.past = past
    self.call = call
    self.notify = notify
  }

  /// Tells how much of the work is done, from 0 to 1; values outside are brought into the range.
  public func report(progress fraction: Double) {
    notify(call, .progress(fraction.isNaN ? 0 : min(1, max(0, fraction))))
  }

  /// Tells the listeners of the run an event of the task's own.
  ///
  /// - Parameters:
  ///   - event: what it is called, by convention in kebab-case.
  ///   - details: what there is to say about it.
  public func tell(_ event: String, _ details: FlowValue = .null) {
    notify(call, .told(event, details))
  }

  /// In `revert`, what `execute` provided for a symbol; `nil` when it did not succeed or lacks it.
  ///
  /// - Throws: ``FlowValueConversionError`` when the value is of another type.
  public func provided<Value>(_ symbol: Symbol<Value>) throws -> Value? {
    guard case .success(let result) = outcome,
      let index = provision.items.firstIndex(where: { $0.symbol == symbol.name }),
      index < result.elements.count
    else { return nil }
    return try result.elements[index]?.value(as: Value.self)
  }

  /// In `revert`, the failure of `execute`, if it failed.
  public var failure: Failure? {
    if case .failure(let failure) = outcome { failure } else { nil }
  }
}
