/// The failures of a run by atom name, as a value that is cheap to hand out while it grows.
///
/// Each revert is given the failures so far and keeps them while it runs. A dictionary would be copied
/// whole for the next failure, which is quadratic when many tasks fail and are undone at the same time.
/// So the failures lie in runs whose lengths at least halve from one to the next, and a run never changes:
/// a copy shares all of them (the logarithmic method of Bentley and Saxe, 1980).
package struct FailureLog: Sendable {
  private struct Entry: Sendable {
    var atom: String
    var failure: Failure
  }

  private var runs: [[Entry]] = []

  /// A log of nothing.
  package init() {}

  /// The failure of each atom; of several the last.
  ///
  /// Complexity: linear in the number of failures.
  package var byName: [String: Failure] {
    var failures: [String: Failure] = [:]
    for run in runs {
      for entry in run { failures[entry.atom] = entry.failure }
    }
    return failures
  }

  /// Adds a failure.
  ///
  /// Complexity: amortised logarithmic in the number of failures, also when copies are held.
  package mutating func append(_ failure: Failure, of atom: String) {
    var newest = [Entry(atom: atom, failure: failure)]
    while let last = runs.last, last.count <= newest.count {
      runs.removeLast()
      newest = last + newest
    }
    runs.append(newest)
  }

  /// Forgets the failures of some atoms.
  ///
  /// Complexity: linear in the number of failures.
  package mutating func remove(_ atoms: Set<String>) {
    guard !atoms.isEmpty else { return }
    let kept = runs.joined().filter { !atoms.contains($0.atom) }
    runs = kept.isEmpty ? [] : [kept]
  }
}
