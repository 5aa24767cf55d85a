extension PatternParser {
  /// Reads what follows a backslash.
  mutating func escape(from start: Int) throws(ExpressionError) -> PatternSet {
    guard let scalar = current else { throw error("a '\\' at the end", from: start) }
    index += 1
    if let set = PatternSet(escape: scalar) { return set }
    switch scalar {
    case "n": return PatternSet("\n")
    case "r": return PatternSet("\r")
    case "t": return PatternSet("\t")
    default:
      // A letter or digit may mean something to other matchers, so it is no plain character.
      guard !scalar.isNameScalar, !scalar.isASCIIDigit else {
        throw error("'\\\(scalar)' is not known", from: start, help: Self.subset)
      }
      return PatternSet(scalar)
    }
  }

  /// Reads a set from behind its `[`.
  mutating func brackets(from start: Int) throws(ExpressionError) -> PatternSet {
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while !take("]") {
      let first = index
      let low = try member(of: start)
      let isRange = current == "-" && index + 1 < scalars.count && scalars[index + 1] != "]"
      guard isRange else {
        ranges += low.plainRanges
        continue
      }
      index += 1
      let high = try member(of: start)
      guard let from = low.single, let to = high.single else {
        throw error("a range goes from one character to another", from: first)
      }
      guard from <= to else { throw error("the larger character comes first", from: first) }
      ranges.append(from...to)
    }
    guard !ranges.isEmpty else { throw error("a set without characters", from: start) }
    return PatternSet(ranges, isInverted: isInverted)
  }

  private mutating func member(of start: Int) throws(ExpressionError) -> PatternSet {
    guard let scalar = current else {
      throw ExpressionError("this '[' is not closed", at: start..<start + 1)
    }
    index += 1
    switch scalar {
    case "\\": return try escape(from: index - 1)
    case "[" where current == ":" || current == "=" || current == ".":
      throw error("named sets such as [:alpha:] are not known", from: index - 1, help: Self.subset)
    default: return PatternSet(scalar)
    }
  }
}

extension PatternSet {
  /// Its only scalar, if it has just one.
  fileprivate var single: UInt32? {
    guard !isInverted, ranges.count == 1, ranges[0].count == 1 else { return nil }
    return ranges[0].lowerBound
  }
}
