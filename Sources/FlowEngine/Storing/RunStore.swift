/// Where runs are kept, so that they can be taken up again after their engine has died.
///
/// A store keeps two promises. What ``save(_:as:)`` returned from is still there after a crash of the process,
/// and for a durable store after a power cut; and it is there as a whole or not at all. And a run has one
/// owner: who has lost it can no longer write to it.
public protocol RunStore: Sendable {
  /// Makes a run; the caller owns it.
  ///
  /// - Throws: ``StoreFailure`` when there is one of that name, or it can't be kept.
  func make(_ head: RunHead, owner: RunOwner) throws(StoreFailure) -> RunLease

  /// Takes a run, unless somebody has it who still lives.
  ///
  /// - Throws: ``StoreFailure`` when somebody has it, or there is none of that name.
  func take(_ id: String, owner: RunOwner) throws(StoreFailure) -> (RunLease, StoredRun)

  /// Keeps changes of a run, all together.
  ///
  /// - Throws: ``StoreFailure`` when they could not be kept, or somebody else has the run.
  func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure)

  /// Gives a run back; what is not a lease any more is no error.
  func release(_ lease: RunLease)

  /// A run by its name, or `nil`.
  func run(_ id: String) throws(StoreFailure) -> StoredRun?

  /// All runs, the newest first, without what grows with their flows: the outline of the plan, atoms,
  /// failures and calls.
  func runs() throws(StoreFailure) -> [StoredRun]

  /// Forgets a run.
  ///
  /// - Throws: ``StoreFailure`` when somebody has it, or there is none of that name.
  func remove(_ id: String) throws(StoreFailure)
}

/// The right to write to a run, until somebody else takes it.
public struct RunLease: Sendable, Hashable {
  /// The name of the run.
  public var id: String

  /// Its number among the owners of the run.
  public var epoch: Int

  /// A right to write.
  public init(id: String, epoch: Int) {
    self.id = id
    self.epoch = epoch
  }
}

/// What is kept in one go.
public struct RunChanges: Sendable {
  /// How the run stands now.
  public var standing = RunStanding()

  /// The atoms that changed, by name, each once.
  public var atoms: [(name: String, atom: StoredAtom)] = []

  /// The failures that are new or were recovered from, by serial number.
  public var failures: [StoredFailure] = []

  /// What the plan is now, when it is another than the run began with.
  public var outline: PlanOutline?

  /// The calls that began or ended.
  public var calls: [StoredCall] = []

  /// No changes.
  public init() {}
}

/// The error of a store.
public struct StoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// There is no run of that name.
    case unknownRun
    /// There is a run of that name.
    case knownRun
    /// Somebody else has the run.
    case owned(RunOwner?)
    /// What somebody says about the run does not fit it.
    case unsuitableRemedy
    /// The flow is not the one that the run began with.
    case changedFlow
    /// The store can't be read or written.
    case broken
  }

  /// What is wrong.
  public var reason: Reason

  /// What is wrong, one phrase.
  public var description: String

  /// An error of a store.
  public init(_ reason: Reason, _ description: String) {
    self.reason = reason
    self.description = description
  }
}
