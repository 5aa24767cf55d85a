/// A set of Unicode scalars: the ranges are sorted and disjoint.
struct PatternSet: Sendable, Hashable {
  private(set) var ranges: [ClosedRange<UInt32>]
  private(set) var isInverted = false

  private static let all: ClosedRange<UInt32> = 0...0x10FFFF

  init(_ ranges: [ClosedRange<UInt32>], isInverted: Bool = false) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
    self.isInverted = isInverted
  }

  init(_ scalar: Unicode.Scalar) {
    ranges = [scalar.value...scalar.value]
  }

  static let anyButLineEnd = PatternSet([0x0A...0x0A, 0x0D...0x0D], isInverted: true)

  /// The set that a letter behind a backslash means, if it means one.
  init?(escape letter: Unicode.Scalar) {
    let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    switch letter {
    case "d", "D": self.init(digits)
    case "w", "W": self.init(digits + [0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    case "s", "S": self.init([0x09...0x0D, 0x20...0x20])
    default: return nil
    }
    isInverted = ("A"..."Z").contains(letter)
  }

  /// The same set as ranges alone.
  var plainRanges: [ClosedRange<UInt32>] {
    guard isInverted else { return ranges }
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if next < range.lowerBound { gaps.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= Self.all.upperBound { gaps.append(next...Self.all.upperBound) }
    return gaps
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
    }
    let isInside = low < ranges.count && ranges[low].lowerBound <= scalar.value
    return isInside != isInverted
  }
}
