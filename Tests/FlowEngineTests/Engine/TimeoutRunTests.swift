import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct TimeoutRunTests {
  private let clock = ManualClock()
  private let log = RunLog()
  private let script = TaskScript()

  private func run(_ flow: Flow, control: RunControl = RunControl()) async throws -> RunReport {
    try await Engine(plan: try compile(flow), clock: clock)
      .run(control: control, listener: log.listener)
  }

  /// A task that takes some time of the manual clock, and then fails or not.
  private func slow(_ name: String, _ duration: Duration, fails: Bool = false) -> FlowTask {
    FlowTask(name) {
      try await clock.sleep(for: duration)
      if fails { throw Failure("\(name) broke") }
    }
  }

  @Test func `a body that takes too long is cancelled and waited for`() async throws {
    let (gate, cleanup) = (Gate(), Gate())
    let flow = Flow.linear("all") {
      FlowTask("slow") {
        do {
          try await gate.pass()
        } catch {
          script.log.note("cancelled")
          await cleanup.passRegardless()
          script.log.note("cleaned up")
          throw error
        }
      }
      .timeout(.seconds(90))
      .reverting { context in script.log.note("\(context.failure?.reason == .timeout)") }
    }
    async let ended = run(flow)
    await clock.waitForSleeps(1)
    #expect(clock.remainingSleeps == [.seconds(90)])
    clock.advance(by: .seconds(90))
    await cleanup.waitForArrivals(1)
    #expect(log.states(of: 1) == [.running])
    cleanup.open()
    let report = try await ended
    #expect(script.log.lines == ["cancelled", "cleaned up", "true"])
    #expect(report.failures.map(\.failure.message) == ["took longer than 1m30s"])
    #expect(report.failures.map(\.failure.reason) == [.timeout])
    #expect(report.duration == .seconds(90))
  }

  @Test func `what a body returns after its timeout does not count`() async throws {
    let gate = Gate()
    let symbol = Symbol<Int>("symbol")
    let flow = Flow.linear("all") {
      FlowTask("slow", provides: symbol) {
        // The gate stays closed, so that only the cancellation ends this.
        try? await gate.pass()
        return 1
      }
      .timeout(.seconds(1))
    }
    async let ended = run(flow)
    await clock.waitForSleeps(1)
    clock.advance(by: .seconds(1))
    let report = try await ended
    #expect(report.state == .reverted)
    #expect(report.failures.map(\.failure.reason) == [.timeout])
    #expect(report.values.isEmpty)
  }

  @Test func `a body that ends in time leaves no timer behind`() async throws {
    let flow = Flow.linear("all") { FlowTask("quick") {}.timeout(.seconds(1)) }
    #expect(try await run(flow).state == .success)
    #expect(clock.sleeperCount == 0)
  }

  @Test func `a revert that takes too long fails`() async throws {
    let gate = Gate()
    let flow = Flow.linear("all") {
      FlowTask("a") { throw Failure("no") }
        .reverting(timeout: .seconds(5)) { _ in try await gate.pass() }
    }
    async let ended = run(flow)
    await clock.waitForSleeps(1)
    clock.advance(by: .seconds(5))
    let report = try await ended
    #expect(report.state == .failure)
    #expect(report.revertFailures.map(\.failure.reason) == [.timeout])
  }

  @Test func `the time of a flow covers all attempts of its controller`() async throws {
    var flow = Flow.linear("timed", retry: .times("again", attempts: 3)) {
      slow("a", .seconds(4))
      slow("b", .seconds(2), fails: true)
    }
    flow.timeout = .seconds(9)
    async let ended = run(flow)
    // Each task that is limited sleeps twice: in its body and for its limit.
    for (count, expected) in [(2, [4, 9]), (4, [2, 5]), (6, [3, 4])] {
      await clock.waitForSleeps(count)
      #expect(clock.remainingSleeps == expected.map { .seconds($0) })
      clock.advance(by: .seconds(expected[0]))
    }
    // The second attempt was cut off; the third has no time at all, so its body is not begun.
    let report = try await ended
    #expect(clock.sleepCount == 6)
    #expect(report.attempts(of: "a") == 3)
    #expect(report.duration == .seconds(9))
    let cutOff = "flow 'timed' took longer than 9s"
    #expect(report.recoveredFailures.map(\.failure.message) == ["b broke", cutOff])
    #expect(report.failures.map(\.failure.message) == [cutOff])
    #expect(report.failures.map(\.failure.reason) == [.timeout])
  }

  @Test func `the time of a flow starts anew when a controller around it tries again`()
    async throws
  {
    var timed = Flow.linear("timed") {
      slow("a", .seconds(6))
      slow("b", .seconds(1), fails: true)
    }
    timed.timeout = .seconds(10)
    let flow = Flow.linear("all", retry: .times("again", attempts: 2)) {
      slow("first", .seconds(1))
      timed
    }
    async let ended = run(flow)
    for (count, expected) in [
      (1, [1]), (3, [6, 10]), (5, [1, 4]), (6, [1]), (8, [6, 10]), (10, [1, 4]),
    ] {
      await clock.waitForSleeps(count)
      #expect(clock.remainingSleeps == expected.map { .seconds($0) })
      clock.advance(by: .seconds(expected[0]))
    }
    #expect(try await ended.attempts(of: "a") == 2)
  }

  @Test func `the tightest time around a task counts`() async throws {
    var inner = Flow.linear("inner") {
      slow("a", .seconds(60)).timeout(.seconds(7))
      slow("b", .seconds(60))
    }
    inner.timeout = .seconds(5)
    var flow = Flow.unordered("outer") {
      inner
      slow("c", .seconds(60)).timeout(.seconds(3))
    }
    flow.timeout = .seconds(4)
    async let ended = run(flow)
    await clock.waitForSleeps(4)
    #expect(clock.remainingSleeps == [3, 4, 60, 60].map { .seconds($0) })
    clock.advance(by: .seconds(60))
    let messages = try await ended.failures.map(\.failure.message)
    #expect(Set(messages) == ["took longer than 3s", "flow 'outer' took longer than 4s"])
  }

  // MARK: Pauses

  private func retried(_ name: String, attempts: Int, backoff: Backoff) -> Flow {
    .linear(name, retry: .times("\(name) again", attempts: attempts, backoff: backoff)) {
      script.task("\(name) task", executes: .fails("\(name) task broke"))
    }
  }

  @Test func `pauses between attempts grow up to the longest`() async throws {
    let backoff = Backoff(initial: .seconds(1), factor: 3, maximum: .seconds(5))
    async let ended = run(retried("all", attempts: 4, backoff: backoff))
    for (count, expected) in [(1, 1), (2, 3), (3, 5)] {
      await clock.waitForSleeps(count)
      #expect(clock.remainingSleeps == [.seconds(expected)])
      clock.advance(by: .seconds(expected))
    }
    #expect(try await ended.state == .reverted)
    #expect(log.pauses == [.seconds(1), .seconds(3), .seconds(5)])
  }

  @Test func `a pause with jitter is a random part`() async throws {
    let backoff = Backoff(initial: .seconds(8), jitter: .full)
    var engine = Engine(plan: try compile(retried("all", attempts: 2, backoff: backoff)))
    engine.clock = clock
    engine.random = { 0.25 }
    async let ended = engine.run(listener: log.listener)
    await clock.waitForSleeps(1)
    clock.advance(by: .seconds(2))
    #expect(try await ended.state == .reverted)
    #expect(log.pauses == [.seconds(2)])
  }

  @Test func `a pause is given up when everything is undone`() async throws {
    let gate = Gate()
    let flow = Flow.unordered("all") {
      retried("inner", attempts: 2, backoff: Backoff(initial: .seconds(100)))
      FlowTask("other") {
        try await gate.pass()
        throw Failure("everything")
      }
    }
    async let ended = run(flow)
    await clock.waitForSleeps(1)
    gate.open()
    let report = try await ended
    #expect(report.state == .reverted)
    #expect(report.attempts(of: "inner task") == 1)
    #expect(clock.sleeperCount == 0)
  }

  @Test func `a pause is given up when the run is suspended`() async throws {
    let control = RunControl()
    async let ended = run(
      retried("all", attempts: 2, backoff: Backoff(initial: .seconds(100))), control: control)
    await clock.waitForSleeps(1)
    control.suspend()
    let report = try await ended
    #expect(report.state == .suspended)
    #expect(report.atoms.map(\.intention) == [.retry, .revert])
    #expect(clock.sleeperCount == 0)
  }
}
