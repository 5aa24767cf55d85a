// The questions that a controller asks its history (semantics 7).
extension History {
  /// How many attempts there were.
  public var count: Int { entries.count }

  /// The attempt at an index, from 0 for the oldest; `nil` outside.
  public func entry(at index: Int) -> Entry? {
    entries.indices.contains(index) ? entries[index] : nil
  }

  /// The values provided so far, oldest first; an attempt without a value adds none.
  ///
  /// Complexity: linear in the number of attempts.
  public var providedValues: [BoxedValue] { entries.compactMap(\.value) }

  /// The failures by atom name: those of all attempts, oldest first, or of one of them.
  ///
  /// Complexity: linear in the number of failures.
  ///
  /// - Parameter index: the one attempt, from 0 for the oldest; there are none outside.
  public func outcomes(ofEntry index: Int? = nil) -> [Outcome] {
    guard let index else { return entries.flatMap(\.failures) }
    return entry(at: index)?.failures ?? []
  }

  /// Whether a failure of an attempt, or one of its causes, is of an error type.
  ///
  /// - Parameters:
  ///   - type: the error type itself; those that derive from a class are not looked for.
  ///   - index: the only attempt that counts, from 0 for the oldest; all count without it.
  ///   - includingOwn: whether the controller's own failure counts as well.
  public func isCaused(
    by type: any Error.Type, inEntry index: Int? = nil, includingOwn: Bool = false
  ) -> Bool {
    isCaused(
      byTypeNamed: String(reflecting: type), inEntry: index, includingOwn: includingOwn)
  }

  /// Whether a failure of an attempt, or one of its causes, is of the error type of this name.
  ///
  /// - Parameters:
  ///   - name: the name of an error type with its module, as `String(reflecting:)` gives it.
  ///   - index: the only attempt that counts, from 0 for the oldest; all count without it.
  ///   - includingOwn: whether the controller's own failure counts as well.
  public func isCaused(
    byTypeNamed name: String, inEntry index: Int? = nil, includingOwn: Bool = false
  ) -> Bool {
    if includingOwn, let ownFailure, ownFailure.isCaused(byTypeNamed: name) { return true }
    return outcomes(ofEntry: index).contains { $0.failure.isCaused(byTypeNamed: name) }
  }
}

extension Failure {
  /// Whether it or one of its causes is of an error type.
  ///
  /// A type that is local to a function or a file is told by a name that other builds of the program may
  /// give another type: what is stored and read later is better asked about types that are neither.
  public func isCaused(by type: any Error.Type) -> Bool {
    isCaused(byTypeNamed: String(reflecting: type))
  }

  /// Whether it or one of its causes is of the error type of this name, which has its module with it as
  /// `String(reflecting:)` gives it.
  public func isCaused(byTypeNamed name: String) -> Bool {
    type == name || causes.contains { $0.type == name }
  }
}
