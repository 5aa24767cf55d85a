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

  /// The task's name.
  public let atom: String

  /// Whether the task is executed or reverted.
  public let action: Action

  /// The attempt, from 1; each retry of the task's area of influence is a new one.
  public let attempt: Int

  /// The arguments of the method that is run.
  public let arguments: Arguments

  /// In `revert`, what became of `execute`.
  public let outcome: Outcome

  /// In `revert`, every execute failure since the atom was last reset, by atom name.
  ///
  /// Complexity: linear in the number of failures.
  public var flowFailures: [String: Failure] { failures.byName }

  private let failures: FailureLog
  package let provision: Provision
  private let notify: @Sendable (Notice) -> Void

  /// What a body has to say while it runs.
  package enum Notice: Sendable {
    case progress(Double)
    case told(String, FlowValue)
  }

  /// The context of one call.
  package init(
    atom: String,
    action: Action,
    attempt: Int,
    arguments: Arguments,
    provision: Provision = .nothing,
    outcome: Outcome = .interrupted,
    failures: FailureLog = FailureLog(),
    notify: @escaping @Sendable (Notice) -> Void = { _ in }
  ) {
    self.atom = atom
    self.action = action
    self.attempt = attempt
    self.arguments = arguments
    self.provision = provision
    self.outcome = outcome
    self.failures = failures
    self.notify = notify
  }

  /// Tells how much of the work is done, from 0 to 1; values outside are brought into the range.
  public func report(progress fraction: Double) {
    notify(.progress(fraction.isNaN ? 0 : min(1, max(0, fraction))))
  }

  /// Tells the listeners of the run an event of the task's own.
  ///
  /// - Parameters:
  ///   - event: what it is called, by convention in kebab-case.
  ///   - details: what there is to say about it.
  public func tell(_ event: String, _ details: FlowValue = .null) {
    notify(.told(event, details))
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
