public import FlowDiagnostics

/// What a retry controller says when an atom of its area of influence has failed.
public enum RetryDecision: String, Sendable, Hashable, Codable {
  /// Undo the flow and try it again.
  case retry
  /// Ask the controller around this one; without one, undo this flow.
  case revert
  /// Undo everything.
  case revertAll
}

/// The rules of a retry controller of one's own.
///
/// Each is asked with the attempts so far. They are called on the engine's own path, so they decide from
/// what they are given and leave slow work to tasks.
public protocol RetryPolicy: Sendable {
  /// Starts an attempt: returns what the controller provides for it, or `nil` for nothing.
  ///
  /// - Parameters:
  ///   - history: the attempts before this one.
  ///   - arguments: what the controller requires.
  /// - Throws: an error that makes the controller itself fail.
  func execute(history: History, arguments: Arguments) throws -> BoxedValue?

  /// Decides what a failure leads to.
  ///
  /// - Parameters:
  ///   - history: the attempts, with the current one and its failures.
  ///   - arguments: what the controller requires.
  /// - Throws: an error that counts as a failure of the controller itself.
  func onFailure(history: History, arguments: Arguments) throws -> RetryDecision

  /// Takes back what the controller did, after its area of influence was undone.
  func revert(history: History, arguments: Arguments) throws
}

extension RetryPolicy {
  /// Nothing is to be taken back.
  public func revert(history: History, arguments: Arguments) throws {}
}

/// A pause before each retry that grows from attempt to attempt.
public struct Backoff: Sendable, Hashable, Codable {
  /// How a pause is spread.
  public enum Jitter: String, Sendable, Hashable, Codable, CaseIterable {
    /// The pause is as computed.
    case none
    /// The pause is a random part of what is computed.
    case full
  }

  /// The pause before the first retry.
  public var initial: Duration
  /// By how much each pause is longer than the one before, at least 1.
  public var factor: Double
  /// The longest pause.
  public var maximum: Duration
  /// How a pause is spread.
  public var jitter: Jitter

  /// A pause that grows from `initial` by `factor` up to `maximum`.
  public init(
    initial: Duration, factor: Double = 2, maximum: Duration = .seconds(300),
    jitter: Jitter = .none
  ) {
    self.initial = initial
    self.factor = max(1, factor)
    self.maximum = maximum
    self.jitter = jitter
  }

  /// The pause before a retry.
  ///
  /// - Parameters:
  ///   - retry: which retry it is, from 1.
  ///   - fraction: a random number from 0 to 1 that spreads it, used with full jitter.
  public func delay(beforeRetry retry: Int, fraction: Double) -> Duration {
    let longest = maximum / .seconds(1)
    var seconds = initial / .seconds(1)
    var step = 1
    while step < retry, seconds < longest, factor > 1 {
      seconds *= factor
      step += 1
    }
    seconds = min(seconds, longest)
    if jitter == .full { seconds *= min(1, max(0, fraction)) }
    return .seconds(max(0, seconds))
  }
}

/// The retry controller of a flow: it decides what a failure in its area of influence leads to.
public struct RetryController: Sendable {
  /// The name, unique in the whole flow.
  public var name: String

  /// The built-in rules, or one's own.
  public var strategy: Strategy

  /// What it reads.
  public var requirements: [Requirement]

  /// What it provides: nothing, or one symbol.
  public var provision: Provision

  /// Whether the final revert undoes everything.
  public var revertsAll: Bool

  /// The pause before each retry, or `nil` for none.
  public var backoff: Backoff?

  /// Which failures are retried at all.
  public var filter: FailureFilter?

  /// Among atoms that are ready together, those of higher priority start first.
  public var priority = 0

  /// Where it is declared.
  public var span: SourceSpan

  /// The rules of a controller (semantics 6.12).
  public enum Strategy: Sendable {
    /// Tries this often in all, and provides the attempt's number from 1.
    case times(attempts: Int)
    /// Tries each value once, and provides it.
    case forEach([BoxedValue])
    /// Tries each value of its first requirement once, and provides it.
    case parameterizedForEach
    /// Always reverts its flow.
    case alwaysRevert
    /// Always reverts everything.
    case alwaysRevertAll
    /// One's own rules.
    case custom(any RetryPolicy)
  }

  /// A controller whose parts are known already; Swift programs use the functions with symbols.
  public init(
    name: String,
    strategy: Strategy,
    requirements: [Requirement] = [],
    provision: Provision = .nothing,
    revertsAll: Bool = false,
    backoff: Backoff? = nil,
    filter: FailureFilter? = nil,
    span: SourceSpan
  ) {
    self.name = name
    self.strategy = strategy
    self.requirements = requirements
    self.provision = provision
    self.revertsAll = revertsAll
    self.backoff = backoff
    self.filter = filter
    self.span = span
  }
}

/// Which failures are worth another attempt; others go straight to the end decision.
public struct FailureFilter: Sendable {
  /// Whether a failure is worth another attempt.
  public var accepts: @Sendable (Failure) -> Bool

  /// What it accepts, in words.
  public var summary: String

  /// A filter.
  public init(summary: String, accepts: @escaping @Sendable (Failure) -> Bool) {
    self.accepts = accepts
    self.summary = summary
  }
}
