import FlowDiagnostics

/// What changes from one text to another, line by line, as `diff -u` shows it.
struct LineDifference {
  /// The lines of both texts, with their ends.
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]

  /// Texts with more lines that differ are shown as one change: nobody reads it, and comparing all lines
  /// with all others takes too long.
  private static let mostLines = 20_000

  private static let context = 3

  init(of old: [UInt8], to new: [UInt8]) {
    self.old = Self.lines(of: old)
    self.new = Self.lines(of: new)
  }

  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      lines.append(rest[..<end])
      rest = rest[end...]
    }
    return lines
  }

  /// A line of one text or of both.
  private struct Line {
    enum Side: String {
      case both = " "
      case old = "-"
      case new = "+"
    }
    var side: Side
    var text: ArraySlice<UInt8>
  }

  /// The change with three lines around it.
  ///
  /// - Parameter isForTerminal: whether it is written so that no terminal takes any of it for a command;
  ///   `patch` needs the lines as they are.
  /// - Returns: the empty text if the texts are the same.
  func text(path: String, isForTerminal: Bool) -> String {
    let lines = merged()
    let changes = lines.indices.filter { lines[$0].side != .both }
    guard let first = changes.first else { return "" }
    var hunks: [Range<Int>] = []
    var last = first
    var start = first
    for change in changes {
      if change - last > 2 * Self.context + 1 {
        hunks.append(hunk(start, last, lines.count))
        start = change
      }
      last = change
    }
    hunks.append(hunk(start, last, lines.count))
    let name = TerminalText.escaped(path)
    var result = "--- \(name)\n+++ \(name)\n"
    var position = 0
    var before = (old: 0, new: 0)
    for hunk in hunks {
      for line in lines[position..<hunk.lowerBound] { Self.count(line, &before) }
      position = hunk.lowerBound
      result += write(lines[hunk], after: before, isForTerminal: isForTerminal)
    }
    return result
  }

  private func hunk(_ first: Int, _ last: Int, _ count: Int) -> Range<Int> {
    max(0, first - Self.context)..<min(count, last + Self.context + 1)
  }

  private static func count(_ line: Line, _ counts: inout (old: Int, new: Int)) {
    if line.side != .new { counts.old += 1 }
    if line.side != .old { counts.new += 1 }
  }

  private func write(
    _ lines: ArraySlice<Line>, after before: (old: Int, new: Int), isForTerminal: Bool
  ) -> String {
    var counts = (old: 0, new: 0)
    var text = ""
    for line in lines {
      Self.count(line, &counts)
      let isEnded = line.text.last == UInt8(ascii: "\n")
      let content = String(decoding: isEnded ? line.text.dropLast() : line.text, as: UTF8.self)
      text += line.side.rawValue
      text += (isForTerminal ? TerminalText.escaped(content) : content) + "\n"
      if !isEnded { text += "\\ No newline at end of file\n" }
    }
    let starts = [(before.old, counts.old), (before.new, counts.new)].map { start, count in
      "\(count == 0 ? start : start + 1),\(count)"
    }
    return "@@ -\(starts[0]) +\(starts[1]) @@\n" + text
  }

  /// The lines of both texts in one order.
  private func merged() -> [Line] {
    let prefix = zip(old, new).prefix { $0 == $1 }.count
    let rest = min(old.count, new.count) - prefix
    let suffix = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
    let oldMiddle = old[prefix..<old.count - suffix]
    let newMiddle = new[prefix..<new.count - suffix]
    return old[..<prefix].map { Line(side: .both, text: $0) }
      + Self.merge(Array(oldMiddle), Array(newMiddle))
      + old[(old.count - suffix)...].map { Line(side: .both, text: $0) }
  }

  private static func merge(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Line] {
    guard old.count + new.count <= mostLines else {
      return old.map { Line(side: .old, text: $0) } + new.map { Line(side: .new, text: $0) }
    }
    let difference = new.difference(from: old)
    let removed = Set(difference.removals.map(\.offset))
    let inserted = Set(difference.insertions.map(\.offset))
    var lines: [Line] = []
    var next = 0
    for index in old.indices {
      if removed.contains(index) {
        lines.append(Line(side: .old, text: old[index]))
        continue
      }
      while inserted.contains(next) {
        lines.append(Line(side: .new, text: new[next]))
        next += 1
      }
      lines.append(Line(side: .both, text: old[index]))
      next += 1
    }
    return lines + new[next...].map { Line(side: .new, text: $0) }
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
