/// The difference of two texts as `diff -u` writes it, which `patch` and `git apply` take.
public struct UnifiedDiff: Sendable {
  /// The name of the file, which both sides have.
  public let file: String

  private let hunks: [Hunk]
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]

  /// Lines of the old text that others of the new text replace.
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// Changes that are shown together.
  private struct Hunk {
    var changes: [Change]
  }

  private static let context = 3

  /// The difference between two texts of a file.
  ///
  /// It is always right, and smallest where changes are less than a hundred lines each.
  ///
  /// - Complexity: linear in the size of the texts, times a bound for each change.
  public init(from old: [UInt8], to new: [UInt8], file: String) {
    self.file = file
    self.old = Self.lines(of: old)
    self.new = Self.lines(of: new)
    hunks = Self.hunks(of: Self.changes(from: self.old, to: self.new))
  }

  /// Whether the texts are the same.
  public var isEmpty: Bool { hunks.isEmpty }

  /// The text; empty when there is no difference.
  ///
  /// - Parameter isForTerminal: whether it is written so that no terminal takes any of it for a command;
  ///   `patch` needs the lines as they are.
  public func text(isForTerminal: Bool = false) -> String {
    if isEmpty { return "" }
    let name = TerminalText.escaped(file)
    var bytes = Array("--- \(name)\n+++ \(name)\n".utf8)
    for hunk in hunks { append(hunk, to: &bytes, isForTerminal) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The lines with their ends; the last may have none.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private static func changes(
    from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]
  ) -> [Change] {
    var changes: [Change] = []
    var left = 0
    var right = 0
    while left < old.count || right < new.count {
      if left < old.count, right < new.count, old[left] == new[right] {
        left += 1
        right += 1
        continue
      }
      let (removed, added) = Self.distance(old[left...], new[right...])
      changes.append(Change(old: left..<left + removed, new: right..<right + added))
      left += removed
      right += added
    }
    return changes
  }

  /// How many lines on each side are left out before both go on alike; all that is left if that is far.
  private static func distance(
    _ old: ArraySlice<ArraySlice<UInt8>>, _ new: ArraySlice<ArraySlice<UInt8>>
  ) -> (removed: Int, added: Int) {
    for sum in 1...200 {
      for removed in 0...sum {
        let added = sum - removed
        guard removed <= old.count, added <= new.count else { continue }
        let left = old.dropFirst(removed)
        let right = new.dropFirst(added)
        if left.isEmpty, right.isEmpty { return (removed, added) }
        if let first = left.first, first == right.first { return (removed, added) }
      }
    }
    return (old.count, new.count)
  }

  private static func hunks(of changes: [Change]) -> [Hunk] {
    var hunks: [Hunk] = []
    for change in changes {
      if let last = hunks.last?.changes.last,
        change.old.lowerBound - last.old.upperBound <= 2 * context
      {
        hunks[hunks.count - 1].changes.append(change)
      } else {
        hunks.append(Hunk(changes: [change]))
      }
    }
    return hunks
  }

  private func append(_ hunk: Hunk, to bytes: inout [UInt8], _ isForTerminal: Bool) {
    guard let first = hunk.changes.first, let last = hunk.changes.last else { return }
    let before = min(Self.context, first.old.lowerBound)
    let after = min(Self.context, old.count - last.old.upperBound)
    let oldRange = first.old.lowerBound - before..<last.old.upperBound + after
    let newRange = first.new.lowerBound - before..<last.new.upperBound + after
    bytes += "@@ -\(Self.place(oldRange)) +\(Self.place(newRange)) @@\n".utf8
    var position = oldRange.lowerBound
    for change in hunk.changes {
      for line in old[position..<change.old.lowerBound] {
        append(line, " ", to: &bytes, isForTerminal)
      }
      for line in old[change.old] { append(line, "-", to: &bytes, isForTerminal) }
      for line in new[change.new] { append(line, "+", to: &bytes, isForTerminal) }
      position = change.old.upperBound
    }
    for line in old[position..<oldRange.upperBound] { append(line, " ", to: &bytes, isForTerminal) }
  }

  /// The first line and the number of lines; of no lines the line before them.
  private static func place(_ range: Range<Int>) -> String {
    let start = range.isEmpty ? range.lowerBound : range.lowerBound + 1
    return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
  }

  private func append(
    _ line: ArraySlice<UInt8>, _ mark: String, to bytes: inout [UInt8], _ isForTerminal: Bool
  ) {
    bytes += mark.utf8
    if isForTerminal {
      let content = line.last == 0x0A ? line.dropLast() : line
      bytes += TerminalText.escaped(String(decoding: content, as: UTF8.self)).utf8
      if line.last == 0x0A { bytes.append(0x0A) }
    } else {
      bytes += line
    }
    if line.last != 0x0A { bytes += "\n\\ No newline at end of file\n".utf8 }
  }
}
