import GRDB

/// The key of a save: the number of its run, and its place among the saves of that.
///
/// The saves of a run lie one after another so, without an index that would be written with each.
struct SaveNumber: Sendable {
  private static let shift = 32

  private(set) var rawValue: Int64

  /// That of the first save of a run.
  init(firstOf run: Int64) { rawValue = run << Self.shift }

  /// The one after another.
  init(after last: Int64) { rawValue = last + 1 }

  /// Goes on to the next.
  mutating func advance(by count: Int = 1) { rawValue += Int64(count) }

  /// The first and the last that a run can have.
  static func arguments(of run: Int64) -> StatementArguments {
    [run << shift, run << shift | (1 << shift - 1)]
  }
}
