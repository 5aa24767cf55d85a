/// The text of a file after fixes were made in it.
///
/// All that no fix is about stays byte for byte: comments, line ends, a byte order mark. A line feed in
/// a replacement becomes the kind of line end that the file begins with.
public struct FixedText: Sendable {
  /// The text.
  public let bytes: [UInt8]

  /// How many of the fixes were made.
  public let fixCount: Int

  /// Makes as many of the fixes as don't get in each other's way.
  ///
  /// A fix is made whole or not at all. Of two that overlap, or begin at the same place, the first in the
  /// order of their places is made, and the other is left out: look at the new text for it again.
  /// Equal fixes are made once. A column behind the end of its line is that end, a line behind the
  /// last one the end of the file.
  ///
  /// - Complexity: O(n log n) in the number of edits, and one pass over the text.
  public init(_ bytes: [UInt8], applying fixes: [Fix]) {
    let text = SourceText(bytes)
    var edits: [Edit] = []
    var count = 0
    var seen: Set<[Fix.Edit]> = []
    let placed = fixes.filter { !$0.edits.isEmpty && seen.insert($0.edits).inserted }
      .compactMap { Self.edits(of: $0, in: text) }
    for fix in placed.sorted(by: { $0[0] < $1[0] }) {
      if let last = edits.last {
        let isBehind = last.end <= fix[0].start && last.start < fix[0].start
        guard isBehind else { continue }
      }
      edits += fix
      count += 1
    }
    fixCount = count
    self.bytes = Self.replacing(edits, in: bytes)
  }

  /// An edit in bytes.
  private struct Edit: Comparable {
    var start: Int
    var end: Int
    var replacement: String

    static func < (left: Edit, right: Edit) -> Bool {
      (left.start, left.end, left.replacement) < (right.start, right.end, right.replacement)
    }
  }

  /// The edits of a fix in the order of their places; `nil` when they overlap.
  private static func edits(of fix: Fix, in text: SourceText) -> [Edit]? {
    var edits: [Edit] = []
    for edit in fix.edits.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      let start = text.offset(of: edit.start)
      let end = text.offset(of: edit.end)
      guard start <= end, (edits.last?.end ?? 0) <= start else { return nil }
      edits.append(Edit(start: start, end: end, replacement: edit.replacement))
    }
    return edits
  }

  private static func replacing(_ edits: [Edit], in bytes: [UInt8]) -> [UInt8] {
    if edits.isEmpty { return bytes }
    let lineEnd = lineEnd(of: bytes)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var offset = 0
    for edit in edits {
      result += bytes[offset..<edit.start]
      var last: UInt8 = 0
      for byte in edit.replacement.utf8 {
        if byte == 0x0A, last != 0x0D { result += lineEnd } else { result.append(byte) }
        last = byte
      }
      offset = edit.end
    }
    return result + bytes[offset...]
  }

  private static func lineEnd(of bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }), bytes[first] == 0x0D
    else { return [0x0A] }
    let isPair = first + 1 < bytes.count && bytes[first + 1] == 0x0A
    return isPair ? [0x0D, 0x0A] : [0x0D]
  }
}

extension SourceText {
  /// The offset of a position; the end of its line, or of the text, when it is behind that.
  func offset(of position: Fix.Position) -> Int {
    place(line: position.line, column: position.column)?.offset ?? bytes.count
  }
}
