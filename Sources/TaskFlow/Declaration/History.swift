/// What a retry controller remembers of its attempts, oldest first (semantics 7).
///
/// It is encoded by what its values encode themselves as, and a value that is decoded is a
/// ``FlowValue``; every question has the same answer then, as ``BoxedValue/value(as:)`` converts.
public struct History: Sendable, Codable {
  /// A failure with the name of the atom under which it is filed.
  public struct Outcome: Sendable, Hashable, Codable {
    /// The atom's name; that of an inner controller which gave up counts too.
    public var atom: String
    /// What went wrong.
    public var failure: Failure

    /// A failure of an atom.
    public init(atom: String, failure: Failure) {
      self.atom = atom
      self.failure = failure
    }
  }

  /// One attempt.
  public struct Entry: Sendable {
    /// What the controller provided for it; `nil` if it provides nothing.
    public var value: BoxedValue?

    /// The failures of it, in the order in which they were filed; the first one of each name stays.
    public private(set) var failures: [Outcome] = []

    /// An attempt with a value and no failures yet.
    public init(value: BoxedValue?) {
      self.value = value
    }

    /// The failure that is filed under the name of an atom, or `nil`.
    ///
    /// Complexity: linear in the number of failures.
    public func failure(of atom: String) -> Failure? {
      failures.first { $0.atom == atom }?.failure
    }

    /// Files a failure under the name of an atom, unless one is filed there.
    package mutating func file(_ failure: Failure, of atom: String) {
      guard self.failure(of: atom) == nil else { return }
      failures.append(Outcome(atom: atom, failure: failure))
    }
  }

  /// The attempts, oldest first.
  public private(set) var entries: [Entry] = []

  /// The controller's own failure, when its `execute` failed.
  public package(set) var ownFailure: Failure?

  /// No attempts.
  public init() {}

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

extension History.Entry: Codable {
  private enum CodingKeys: CodingKey {
    case value, failures
  }

  /// Reads an attempt; its value is a ``FlowValue``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    // A value that is null is not the same as none.
    if container.contains(.value) {
      value = BoxedValue(try container.decode(FlowValue.self, forKey: .value))
    }
    for filed in try container.decode([History.Outcome].self, forKey: .failures) {
      file(filed.failure, of: filed.atom)
    }
  }

  /// Writes the attempt.
  ///
  /// - Throws: ``FlowValueConversionError`` when the value's own encoding throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if let value { try container.encode(value.flowValue(), forKey: .value) }
    try container.encode(failures, forKey: .failures)
  }
}
