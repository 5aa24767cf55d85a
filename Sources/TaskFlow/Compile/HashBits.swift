/// A set of hashes that keeps only some bits of each, so that it takes one for another now and then.
///
/// With as many hashes as it has room for it does so for about one in eight.
struct HashBits {
  private static let bitsForEach = 8
  private var words: [UInt64]

  /// An empty set with room for so many.
  init(for count: Int) {
    let bits = max(count * Self.bitsForEach, UInt64.bitWidth)
    words = Array(repeating: 0, count: (bits + UInt64.bitWidth - 1) / UInt64.bitWidth)
  }

  /// Whether a hash was inserted, or one that passes for it.
  func contains(_ hash: Int) -> Bool {
    let (word, bit) = place(of: hash)
    return words[word] & bit != 0
  }

  /// Inserts a hash.
  ///
  /// - Returns: whether neither it nor one that passes for it was there.
  mutating func insert(_ hash: Int) -> Bool {
    let (word, bit) = place(of: hash)
    defer { words[word] |= bit }
    return words[word] & bit == 0
  }

  private func place(of hash: Int) -> (word: Int, bit: UInt64) {
    let hash = UInt(bitPattern: hash)
    // The word is chosen by the upper bits and the bit by the lower ones, which say nothing of each other.
    let word = Int(hash.multipliedFullWidth(by: UInt(words.count)).high)
    return (word, 1 << UInt64(hash % UInt(UInt64.bitWidth)))
  }
}
