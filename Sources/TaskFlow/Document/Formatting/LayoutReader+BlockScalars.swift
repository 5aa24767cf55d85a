extension LayoutReader {
  /// Adds the scalar behind the `|` or `>` at the cursor.
  ///
  /// - Parameter end: where libyaml sees its end, behind the blank lines that follow it.
  mutating func addBlockScalar(anchor: Range<Int>, to end: Int) throws(LayoutFailure) {
    let header = takeHeader()
    let keeps = layout.bytes[header].contains(UInt8(ascii: "+"))
    let parent = frames.last { !$0.isFlow }?.column ?? -1
    let indentation = indentation(header, below: parent)
    let start = min(cursor + 1, layout.bytes.count)
    let lines = blockLines(from: start, indentation: indentation)
    guard lines.withBlanks == max(start, end) else { throw failure("a block of text") }
    let body = start..<(keeps ? lines.withBlanks : lines.end)
    let isOpenEnded = !body.isEmpty && layout.bytes[body.upperBound - 1] != UInt8(ascii: "\n")
    try attach(
      LayoutNode(
        kind: .block, lacksLineEnd: isOpenEnded, indentation: Int32(indentation), anchor: anchor,
        text: body, blockHeader: header))
    cursor = body.isEmpty ? start : body.upperBound
    isAtEmptyLine = true
    isBehindValue = false
  }

  /// Moves to the end of the header's line, and takes a comment in it.
  private mutating func takeHeader() -> Range<Int> {
    let start = cursor
    var end = start
    // A comment may follow at once.
    while end < layout.bytes.count, !layout.bytes[end].isBlank,
      layout.bytes[end] != UInt8(ascii: "\n"), layout.bytes[end] != UInt8(ascii: "#")
    { end += 1 }
    pass(end)
    let lineEnd = layout.bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? layout.bytes.count
    skipBlanks(to: lineEnd)
    return start..<end
  }

  /// How far the lines are indented: as the header says, or as the first line with text has it.
  private func indentation(_ header: Range<Int>, below parent: Int) -> Int {
    if let digit = layout.bytes[header].first(where: { (0x31...0x39).contains($0) }) {
      return max(parent, 0) + Int(digit - 0x30)
    }
    var most = 0
    var index = min(cursor + 1, layout.bytes.count)
    while index < layout.bytes.count {
      let spaces = layout.bytes[index...].prefix { $0 == UInt8(ascii: " ") }.count
      most = max(most, spaces)
      index += spaces
      guard index < layout.bytes.count, layout.bytes[index] == UInt8(ascii: "\n") else { break }
      index += 1
    }
    return max(most, parent + 1, 1)
  }

  /// Where the last line with text ends, and where the blank lines behind it do.
  private func blockLines(from start: Int, indentation: Int) -> (end: Int, withBlanks: Int) {
    let bytes = layout.bytes
    var end = start
    var withBlanks = start
    var index = start
    while index < bytes.count {
      let spaces = bytes[index...].prefix(indentation).prefix { $0 == UInt8(ascii: " ") }.count
      let rest = index + spaces
      if rest < bytes.count, bytes[rest] == UInt8(ascii: "\n") {
        index = rest + 1
        withBlanks = index
        continue
      }
      guard spaces == indentation, rest < bytes.count else { break }
      index = bytes[rest...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      end = index
      withBlanks = index
    }
    return (end, withBlanks)
  }
}
