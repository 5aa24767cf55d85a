/// What stands between values: white space, signs, comments and blank lines.
extension LayoutReader {
  /// Reads what is in front of a value or an end.
  mutating func skip(to end: Int) throws(LayoutFailure) {
    while cursor < end {
      switch layout.bytes[cursor] {
      case UInt8(ascii: "\n"): endLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"): cursor += 1
      case UInt8(ascii: "#"): takeComment()
      case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "."):
        pass(cursor + 1)
      case UInt8(ascii: "?"): throw failure("a key behind '?'")
      default: throw failure("text that is no part of a value")
      }
    }
  }

  /// Reads up to the next thing that is neither white space nor a comment.
  mutating func skipBlanks(to end: Int) {
    while cursor < end {
      switch layout.bytes[cursor] {
      case UInt8(ascii: "\n"): endLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"): cursor += 1
      case UInt8(ascii: "#"): takeComment()
      default: return
      }
    }
  }

  private mutating func endLine() {
    if isAtEmptyLine { pending.append(.blank) }
    isAtEmptyLine = true
    isBehindValue = false
    cursor += 1
  }

  private mutating func takeComment() {
    let bytes = layout.bytes
    let start = cursor
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    cursor = end
    isAtEmptyLine = false
    while end > start + 1, bytes[end - 1].isBlank { end -= 1 }
    let column = layout.column(of: start)
    if isBehindValue {
      var gap = 0
      while gap < start, bytes[start - gap - 1].isBlank { gap += 1 }
      note(LayoutComment(text: start..<end, column: column, gap: gap))
    } else {
      pending.append(.comment(start..<end, column: column))
    }
  }

  /// Keeps a comment behind a value; the line above has it if the value has one already.
  func isTaken(_ entry: Int) -> Bool { layout.entries[entry].comment != nil }

  mutating func note(_ comment: LayoutComment) {
    guard let owner else {
      pending.append(.comment(comment.text, column: comment.column))
      return
    }
    if isTaken(owner) {
      layout.entries[owner].leading.append(.comment(comment.text))
    } else {
      layout.entries[owner].comment = comment
    }
  }

  /// Gives all lines that wait to an entry.
  mutating func takePending(for entry: Int) {
    layout.entries[entry].leading += pending.map(\.line)
    pending.removeAll()
  }

  /// Gives the comments that wait to an entry whose value they stand in front of.
  mutating func takePendingComments(for entry: Int) {
    layout.entries[entry].leading += pending.map(\.line).filter { $0.comment != nil }
    pending.removeAll()
  }

  /// Takes the lines that belong to the end of a collection in blocks.
  ///
  /// - Parameters:
  ///   - column: where the collection's entries stand; comments further left are not its own.
  ///   - next: where the next thing stands; comments that are aligned with it, or further left, are about
  ///     that.
  mutating func takeFooter(column: Int, next: Int) -> [LayoutLine] {
    var count = 0
    for (index, line) in pending.enumerated() {
      guard case .comment(_, let place) = line else { continue }
      guard place > next, place >= column else { break }
      count = index + 1
    }
    let footer = pending[..<count].map(\.line)
    pending.removeFirst(count)
    return footer
  }
}

extension DocumentLayout {
  /// How many characters of its line are in front of an offset.
  ///
  /// - Complexity: O(their number).
  func column(of offset: Int) -> Int {
    var column = 0
    var index = offset
    while index > 0, bytes[index - 1] != UInt8(ascii: "\n") {
      index -= 1
      if bytes[index] & 0xC0 != 0x80 { column += 1 }
    }
    return column
  }
}

extension UInt8 {
  /// Whether it is a space or a tab.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
