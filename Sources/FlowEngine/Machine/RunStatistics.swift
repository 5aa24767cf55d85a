/// How often what happened in a run.
public struct RunStatistics: Sendable, Hashable, Codable {
  private var entered = [Int](repeating: 0, count: AtomState.allCases.count)

  /// The most calls that were under way at once.
  public internal(set) var mostAtOnce = 0

  /// How often `execute` of an atom was called, retries included.
  public var executions: Int { entered[.running] }
  /// How often it failed.
  public var failures: Int { entered[.failure] }
  /// How often a controller tried its flow again.
  public var retries: Int { entered[.retrying] }
  /// How often an atom was skipped.
  public var skips: Int { entered[.ignored] }
  /// How often an atom was undone, well or not.
  public var reverts: Int { entered[.reverted] + revertFailures }
  /// How often undoing an atom failed.
  public var revertFailures: Int { entered[.revertFailure] }

  /// All of it as numbers, for a store.
  package var numbers: [Int] { [mostAtOnce] + entered }

  /// What ``numbers`` gave; `nil` for what it can't have given.
  package init?(numbers: [Int]) {
    guard numbers.count == entered.count + 1 else { return nil }
    mostAtOnce = numbers[0]
    entered = Array(numbers[1...])
  }

  /// Nothing has happened.
  init() {}

  /// Counts an atom that has another state.
  mutating func count(_ state: AtomState) { entered[state] += 1 }
}

extension [Int] {
  fileprivate subscript(state: AtomState) -> Int {
    get { self[Int(state.rawValue)] }
    set { self[Int(state.rawValue)] = newValue }
  }
}
