/// An error as a value: what went wrong, of which type it was, and what caused it.
///
/// Failures are filed in histories, given to `revert`, listed in reports and stored, so they hold text
/// and data, never the error itself.
public struct Failure: Error, Sendable, Hashable, Codable {
  /// What went wrong, one phrase.
  public var message: String

  /// The name of the error's type, with its module.
  public var type: String

  /// What kind of end it was, for rules that retry only some failures.
  public var reason: Reason

  /// The failures that led to it, nearest first.
  public var causes: [Cause]

  /// What kind of end a failure was.
  public enum Reason: Sendable, Hashable, Codable {
    /// A body threw an error.
    case error
    /// A process ended with an exit code other than 0.
    case exit(code: Int32)
    /// A process was ended by a signal.
    case signal(Int32)
    /// It took longer than its timeout.
    case timeout
  }

  /// One link of the chain of causes.
  public struct Cause: Sendable, Hashable, Codable {
    /// What went wrong, one phrase.
    public var message: String
    /// The name of the error's type.
    public var type: String

    /// A cause.
    public init(message: String, type: String) {
      self.message = message
      self.type = type
    }
  }

  /// A failure that says `message`.
  public init(
    _ message: String,
    type: String = "TaskFlow.Failure",
    reason: Reason = .error,
    causes: [Cause] = []
  ) {
    self.message = message
    self.type = type
    self.reason = reason
    self.causes = causes
  }

  /// The failure that `error` is, or becomes.
  ///
  /// Its message is the error's description; an error that tells its cause by ``CausedError`` keeps the
  /// whole chain.
  public init(_ error: any Error) {
    if let failure = error as? Failure {
      self = failure
      return
    }
    self.init(String(describing: error), type: String(reflecting: Swift.type(of: error)))
    var next = (error as? any CausedError)?.cause
    while let cause = next, causes.count < 32 {
      causes.append(
        Cause(message: String(describing: cause), type: String(reflecting: Swift.type(of: cause))))
      next = (cause as? any CausedError)?.cause
    }
  }
}

extension Failure: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}

/// An error that knows which other error led to it.
public protocol CausedError: Error {
  /// The error that led to this one.
  var cause: (any Error)? { get }
}
