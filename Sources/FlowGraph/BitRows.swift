/// Rows of bits of the same length, in one array.
struct BitRows {
  let count: Int
  /// The words of each row.
  let width: Int
  private(set) var words: [UInt64]

  init(count: Int, columns: Int) {
    self.count = count
    width = (columns + 63) / 64
    words = [UInt64](repeating: 0, count: count * width)
  }

  mutating func insert(_ column: Int, into row: Int) {
    words[row * width + column >> 6] |= 1 << UInt64(column & 63)
  }

  func contains(_ column: Int, in row: Int) -> Bool {
    words[row * width + column >> 6] & (1 << UInt64(column & 63)) != 0
  }

  mutating func clear(_ row: Int) {
    for index in (row * width)..<((row + 1) * width) { words[index] = 0 }
  }

  /// Adds the members of row `other` to `row`.
  mutating func formUnion(of row: Int, with other: Int) {
    words.withUnsafeMutableBufferPointer { words in
      let (start, otherStart) = (row * width, other * width)
      for index in 0..<width { words[start + index] |= words[otherStart + index] }
    }
  }
}
