import TaskFlow

extension Backoff {
  /// How long the pauses before the first so many retries are together, in seconds.
  ///
  /// - Parameter fraction: what a spread pause is of the whole one.
  /// - Complexity: O(log n) for n retries; up to rounding it is the sum of
  ///   ``Backoff/delay(beforeRetry:fraction:)``.
  func seconds(ofRetries count: Int, fraction: Double) -> Double {
    let longest = max(0, maximum / .seconds(1))
    let first = min(max(0, initial / .seconds(1)), longest)
    let spread = jitter == .full ? min(1, max(0, fraction)) : 1
    guard count > 0, first > 0 else { return 0 }
    guard factor > 1, first < longest else { return Double(count) * first * spread }
    // Of 2^i pauses in a row: by how much the one behind them is longer than the first, and their sum.
    var blocks = [(growth: factor, sum: 1.0)]
    while 1 << blocks.count <= count, first * blocks[blocks.count - 1].growth < longest {
      let last = blocks[blocks.count - 1]
      blocks.append((last.growth * last.growth, last.sum * (1 + last.growth)))
    }
    var taken = 0
    var pause = first
    var total = 0.0
    for (index, block) in blocks.enumerated().reversed()
    where taken + (1 << index) <= count && pause * block.growth / factor < longest {
      taken += 1 << index
      total += pause * block.sum
      pause *= block.growth
    }
    return (total + Double(count - taken) * longest) * spread
  }
}
