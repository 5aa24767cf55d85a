import TaskFlowTesting
import Testing

struct ManualClockTests {
  private let clock = ManualClock()

  @Test func `time passes only when it is told to`() {
    #expect(clock.now.offset == .zero)
    clock.advance(by: .seconds(3))
    #expect(clock.now.offset == .seconds(3))
  }

  @Test func `who sleeps wakes when the time has come, not before`() async throws {
    let log = CallLog()
    async let sleeper: Void = {
      try await clock.sleep(for: .seconds(5))
      log.note("awake")
    }()
    await clock.waitForSleeps(1)
    clock.advance(by: .seconds(4))
    #expect(clock.remainingSleeps == [.seconds(1)])
    #expect(log.lines.isEmpty)
    clock.advance(by: .seconds(1))
    try await sleeper
    #expect(log.lines == ["awake"])
    #expect(clock.sleeperCount == 0)
  }

  @Test func `who sleeps until a moment that is past does not wait`() async throws {
    clock.advance(by: .seconds(1))
    try await clock.sleep(until: clock.now)
    #expect(clock.sleepCount == 1)
  }

  @Test func `who is cancelled wakes at once`() async throws {
    let sleeper = Task { try await clock.sleep(for: .seconds(5)) }
    await clock.waitForSleeps(1)
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
    #expect(clock.sleeperCount == 0)
  }

  @Test func `who is cancelled before does not sleep`() async throws {
    let gate = Gate()
    let sleeper = Task {
      await gate.passRegardless()
      try await clock.sleep(for: .seconds(5))
    }
    sleeper.cancel()
    gate.open()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
    #expect(clock.sleeperCount == 0)
  }

  @Test func `many sleepers all wake`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for second in 1...100 { group.addTask { try await clock.sleep(for: .seconds(second)) } }
      await clock.waitForSleeps(100)
      #expect(clock.remainingSleeps == (1...100).map { .seconds($0) })
      clock.advance(by: .seconds(50))
      #expect(clock.sleeperCount == 50)
      clock.advance(by: .seconds(50))
      try await group.waitForAll()
    }
  }
}
