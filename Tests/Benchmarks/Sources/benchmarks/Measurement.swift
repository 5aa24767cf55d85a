/// Measures times as medians of several rounds.
enum Measurement {
  /// The median time of some work.
  @concurrent
  static func median(
    of rounds: Int, _ work: @concurrent @Sendable () async throws -> Void
  ) async rethrows -> Duration {
    var times: [Duration] = []
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      try await work()
      times.append(ContinuousClock.now - start)
    }
    return times.sorted()[times.count / 2]
  }

  /// How many rounds give a steady median of work on so many tasks.
  static func rounds(for count: Int) -> Int { max(3, min(15, 300_000 / count)) }
}

extension Duration {
  /// The length in nanoseconds.
  var nanoseconds: Double { self / .nanoseconds(1) }
}
