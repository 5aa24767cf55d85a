extension NodeSet: Sequence {
  /// Walks over a set's members in ascending order.
  public struct Iterator: IteratorProtocol {
    private let words: [UInt64]
    private var index = 0
    private var rest: UInt64

    init(_ words: [UInt64]) {
      self.words = words
      rest = words.first ?? 0
    }

    /// The next member, or nil after the last.
    public mutating func next() -> Int? {
      while rest == 0 {
        index += 1
        guard index < words.count else { return nil }
        rest = words[index]
      }
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      return index << 6 + bit
    }
  }

  /// An iterator over the members in ascending order.
  public func makeIterator() -> Iterator { Iterator(words) }

  /// The number of members, which is exact.
  public var underestimatedCount: Int { count }
}
