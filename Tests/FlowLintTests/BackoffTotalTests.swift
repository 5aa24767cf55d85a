import TaskFlow
import Testing

@testable import FlowLint

/// The sum of the pauses is the sum of what the engine waits.
@Suite struct BackoffTotalTests {
  @Test(arguments: [1, 1.000_1, 1.5, 2, 3, 1_000])
  func `the pauses together are as long as one after another`(factor: Double) {
    for initial in [0, 1, 250, 10_000] {
      for maximum in [0, 1, 777, 60_000, 1_000_000_000] {
        for jitter in Backoff.Jitter.allCases {
          let backoff = Backoff(
            initial: .milliseconds(initial), factor: factor, maximum: .milliseconds(maximum),
            jitter: jitter)
          var sum = 0.0
          for count in 0...70 {
            if count > 0 { sum += backoff.delay(beforeRetry: count, fraction: 0.5) / .seconds(1) }
            let total = backoff.seconds(ofRetries: count, fraction: 0.5)
            #expect(abs(total - sum) <= 1e-9 * max(1, sum), "\(backoff) \(count)")
          }
        }
      }
    }
  }

  @Test func `a million pauses are added at once`() {
    let backoff = Backoff(
      initial: .milliseconds(1), factor: 1.000_000_1, maximum: .seconds(1_000_000))
    let total = backoff.seconds(ofRetries: 1_000_000, fraction: 1)
    #expect(total > 1_051 && total < 1_052)
  }
}
