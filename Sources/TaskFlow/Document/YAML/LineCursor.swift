/// Walks forward through the lines of a text, to find where lines end.
///
/// It never goes back, so that all questions together cost one pass over the text. Lines and
/// columns count from 0, as libyaml's marks do.
struct LineCursor {
  private let bytes: [UInt8]
  private var line = 0
  private var start: Int
  private var end: Int
  private var lengths: (all: Int, trimmed: Int)?

  /// A cursor at the line that begins at `start`.
  init(_ bytes: [UInt8], start: Int) {
    self.bytes = bytes
    self.start = start
    end = Self.end(of: start, in: bytes)
  }

  /// The bytes of a line, without its end; `nil` if it is behind the cursor or there is none.
  mutating func range(ofLine wanted: Int) -> Range<Int>? {
    guard wanted >= line else { return nil }
    while line < wanted {
      guard end < bytes.count else { return nil }
      let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
      start = end + (isPair ? 2 : 1)
      end = Self.end(of: start, in: bytes)
      line += 1
      lengths = nil
    }
    return start..<end
  }

  /// How many characters a line has, and how many without white space at its end.
  mutating func length(ofLine wanted: Int) -> (all: Int, trimmed: Int)? {
    guard let range = range(ofLine: wanted) else { return nil }
    if let lengths { return lengths }
    var all = 0
    var trimmed = 0
    for byte in bytes[range] where byte & 0xC0 != 0x80 {
      all += 1
      if byte != 0x20, byte != 0x09 { trimmed = all }
    }
    lengths = (all, trimmed)
    return (all, trimmed)
  }

  /// The offset of a column in a line, at most the line's end.
  mutating func offset(line: Int, column: Int) -> Int? {
    guard let range = range(ofLine: line) else { return nil }
    var offset = range.lowerBound
    var rest = column
    while rest > 0, offset < range.upperBound {
      offset += 1
      while offset < range.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      rest -= 1
    }
    return offset
  }

  private static func end(of start: Int, in bytes: [UInt8]) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return index
  }
}
