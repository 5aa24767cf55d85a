/// The state of a task or retry controller (semantics 4).
public enum AtomState: UInt8, Sendable, Hashable, CaseIterable {
  case pending
  case running
  case success
  case failure
  case reverting
  case reverted
  case revertFailure
  case retrying
  case ignored
}

extension AtomState {
  /// Whether an atom may go from this state to another.
  ///
  /// Only a controller goes through `retrying`. Ours: a revert that failed can be tried again, or counts as
  /// done when somebody says so.
  public func canBecome(_ next: AtomState) -> Bool {
    switch (self, next) {
    case (.pending, .running), (.pending, .ignored),
      (.running, .success), (.running, .failure),
      (.success, .reverting), (.failure, .reverting),
      (.reverting, .reverted), (.reverting, .revertFailure),
      (.revertFailure, .reverting), (.revertFailure, .reverted),
      (.reverted, .pending), (.ignored, .pending),
      (.success, .retrying), (.retrying, .running):
      true
    default:
      false
    }
  }
}

/// What is to become of an atom.
public enum Intention: UInt8, Sendable, Hashable, CaseIterable {
  case execute
  case revert
  case retry
  case ignore
}

/// The state of a run (semantics 4).
public enum FlowState: UInt8, Sendable, Hashable, CaseIterable {
  case pending
  case running
  case suspending
  case suspended
  case success
  case failure
  case reverted
  /// It was under way when its engine died, and is about to be taken up again.
  case resuming
}

extension FlowState: Codable {}
extension AtomState: Codable {}
extension Intention: Codable {}

extension FlowState {
  /// Whether a run may go from this state to another.
  ///
  /// Ours: a run that was suspended or failed can be reset as well.
  public func canBecome(_ next: FlowState) -> Bool {
    switch (self, next) {
    case (.pending, .running),
      (.running, .suspending), (.suspending, .suspended),
      (.running, .success), (.running, .failure), (.running, .reverted),
      (.suspending, .success), (.suspending, .failure), (.suspending, .reverted),
      (.running, .resuming), (.suspending, .resuming), (.resuming, .suspended),
      (.failure, .resuming),
      (.suspended, .running), (.success, .running), (.failure, .running),
      (.suspended, .pending), (.success, .pending), (.failure, .pending), (.reverted, .pending):
      true
    default:
      false
    }
  }

  /// Whether the run has ended, for good or until it is taken up again.
  public var isFinal: Bool {
    switch self {
    case .success, .failure, .reverted, .suspended: true
    case .pending, .running, .suspending, .resuming: false
    }
  }
}

extension FlowState {
  /// Whether a run in it can be taken up again: it is suspended, or its engine has died under way.
  public var isUnfinished: Bool { self == .suspended || !isFinal }
}

/// What follows when the revert of an atom fails.
public enum RevertFailurePolicy: Sendable, Hashable {
  /// Atoms before it in the graph are not undone, all others are.
  case continueIndependent
  /// No further revert is started, as TaskFlow does.
  case halt
}

extension AtomState: CustomStringConvertible {
  /// The name in words, as it is shown to people.
  public var description: String {
    switch self {
    case .pending: "pending"
    case .running: "running"
    case .success: "succeeded"
    case .failure: "failed"
    case .reverting: "reverting"
    case .reverted: "reverted"
    case .revertFailure: "revert failed"
    case .retrying: "retrying"
    case .ignored: "skipped"
    }
  }
}

extension FlowState: CustomStringConvertible {
  /// The name in words, as it is shown to people.
  public var description: String {
    switch self {
    case .pending: "pending"
    case .running: "running"
    case .suspending: "suspending"
    case .suspended: "suspended"
    case .success: "succeeded"
    case .failure: "failed"
    case .reverted: "reverted"
    case .resuming: "resuming"
    }
  }
}
