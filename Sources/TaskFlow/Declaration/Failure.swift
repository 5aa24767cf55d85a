/// An error as a value: what went wrong, of which type it was, and what caused it.
///
/// Failures are filed in histories, given to `revert`, listed in reports and stored, so they hold text
/// and data, never the error itself.
public struct Failure: Error, Sendable {
  // Most things that can hold a failure hold none: so it takes no more room there than a reference.
  private var parts: Parts

  private final class Parts: Sendable {
    let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  private struct Fields: Sendable, Hashable, Codable {
    var message: String
    var type: String
    var reason: Reason
    var causes: [Cause]
  }

  private var fields: Fields {
    get { parts.fields }
    set { parts = Parts(newValue) }
  }

  /// What went wrong, one phrase.
  public var message: String {
    get { fields.message }
    set { fields.message = newValue }
  }

  /// The name of the error's type, with its module.
  public var type: String {
    get { fields.type }
    set { fields.type = newValue }
  }

  /// What kind of end it was, for rules that retry only some failures.
  public var reason: Reason {
    get { fields.reason }
    set { fields.reason = newValue }
  }

  /// The failures that led to it, nearest first.
  public var causes: [Cause] {
    get { fields.causes }
    set { fields.causes = newValue }
  }

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
    parts = Parts(Fields(message: message, type: type, reason: reason, causes: causes))
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
    var causes: [Cause] = []
    var next = (error as? any CausedError)?.cause
    while let cause = next, causes.count < 32 {
      causes.append(
        Cause(message: String(describing: cause), type: String(reflecting: Swift.type(of: cause))))
      next = (cause as? any CausedError)?.cause
    }
    self.init(
      String(describing: error), type: String(reflecting: Swift.type(of: error)), causes: causes)
  }
}

extension Failure: Hashable, Codable {
  /// Whether two failures say the same.
  public static func == (left: Failure, right: Failure) -> Bool {
    left.parts === right.parts || left.fields == right.fields
  }

  /// Hashes what the failure says.
  public func hash(into hasher: inout Hasher) { fields.hash(into: &hasher) }

  /// Reads a failure that was encoded.
  public init(from decoder: any Decoder) throws {
    parts = Parts(try Fields(from: decoder))
  }

  /// Writes message, type, reason and causes by these names.
  public func encode(to encoder: any Encoder) throws { try fields.encode(to: encoder) }
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
