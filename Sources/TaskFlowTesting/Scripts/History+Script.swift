public import TaskFlow

// A controller of one's own is a function of its history: these make the histories for its tests.
//
// ```swift
// let failed = History.Entry(value: BoxedValue("a"), failures: ["load": Failure("disk full")])
// #expect(try policy.onFailure(history: History([failed]), arguments: .none) == .retry)
// ```
extension History {
  /// A history of some attempts, oldest first.
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
