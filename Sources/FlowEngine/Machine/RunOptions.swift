/// The rules of a run that are not part of its flow.
public struct RunOptions: Sendable, Hashable {
  /// How many atoms may run at once; `nil` for as many as are ready.
  public var concurrencyLimit: Int?

  /// Whether a controller's REVERT leaves the decision to the controller around it whatever that is, so
  /// that without one everything is undone (semantics 6.3).
  public var defersReverts = false

  /// Whether no controller is asked and nothing is undone when something fails (semantics 6.9).
  public var neverResolves = false

  /// What follows when a revert fails.
  public var revertFailure = RevertFailurePolicy.continueIndependent

  /// Rules with a limit of at least 1, or none.
  public init(
    concurrencyLimit: Int? = nil, defersReverts: Bool = false, neverResolves: Bool = false,
    revertFailure: RevertFailurePolicy = .continueIndependent
  ) {
    self.concurrencyLimit = concurrencyLimit.map { max(1, $0) }
    self.defersReverts = defersReverts
    self.neverResolves = neverResolves
    self.revertFailure = revertFailure
  }
}
