public import TaskFlow

extension History {
  /// A history of some attempts, oldest first, for the test of a controller of one's own.
  ///
  /// ```swift
  /// let failed = History.Entry(value: BoxedValue("a"), failures: ["load": Failure("disk full")])
  /// let decision = try policy.onFailure(history: History([failed]), arguments: .none)
  /// #expect(decision == .retry)
  /// ```
  public init(_ entries: [Entry], ownFailure: Failure? = nil) {
    self.init()
    for entry in entries {
      begin(value: entry.value)
      for outcome in entry.failures { file(outcome.failure, of: outcome.atom) }
    }
    self.ownFailure = ownFailure
  }
}

extension History.Entry {
  /// An attempt with the failures of atoms, in the order in which they are filed; the first one of each
  /// name stays.
  public init(value: BoxedValue? = nil, failures: KeyValuePairs<String, Failure>) {
    self.init(value: value)
    for (atom, failure) in failures { file(failure, of: atom) }
  }
}
