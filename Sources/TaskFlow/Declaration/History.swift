/// What a retry controller remembers of its attempts, oldest first.
public struct History: Sendable {
  /// One attempt.
  public struct Entry: Sendable {
    /// What the controller provided for it; `nil` if it provides nothing.
    public var value: BoxedValue?

    /// The failures of it, by atom name in the order in which they were filed; the first one of each
    /// name stays.
    public private(set) var failures: [(atom: String, failure: Failure)] = []

    /// An attempt with a value and no failures yet.
    public init(value: BoxedValue?) {
      self.value = value
    }

    /// Files a failure under the name of an atom, unless one is filed there.
    package mutating func file(_ failure: Failure, of atom: String) {
      guard !failures.contains(where: { $0.atom == atom }) else { return }
      failures.append((atom, failure))
    }
  }

  /// The attempts, oldest first.
  public private(set) var entries: [Entry] = []

  /// The controller's own failure, when its `execute` failed.
  public package(set) var ownFailure: Failure?

  /// No attempts.
  public init() {}

  /// How many attempts there were.
  public var count: Int { entries.count }

  /// The values provided so far, oldest first.
  public var providedValues: [BoxedValue] { entries.compactMap(\.value) }

  /// Whether a failure of one of the attempts, or of its causes, is of the type of this name.
  ///
  /// - Parameters:
  ///   - type: the name of an error type with its module, as `String(reflecting:)` gives it.
  ///   - includingOwn: whether the controller's own failure counts.
  public func isCausedBy(_ type: String, includingOwn: Bool = false) -> Bool {
    let filed = entries.lazy.flatMap { $0.failures.map(\.failure) }
    let all = includingOwn ? Array(filed) + [ownFailure].compactMap { $0 } : Array(filed)
    return all.contains { failure in
      failure.type == type || failure.causes.contains { $0.type == type }
    }
  }

  /// Starts the entry of a new attempt.
  package mutating func begin(value: BoxedValue?) {
    entries.append(Entry(value: value))
    ownFailure = nil
  }

  /// Files a failure in the current attempt's entry; without one it is dropped.
  package mutating func file(_ failure: Failure, of atom: String) {
    guard !entries.isEmpty else { return }
    entries[entries.count - 1].file(failure, of: atom)
  }
}
