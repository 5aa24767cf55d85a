import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct TaskScriptTests {
  private let script = TaskScript()
  private let size = Symbol<Int>("size")
  private let name = Symbol<String>("name")

  @Test func `each call does what its entry says, and the last entry repeats`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 4)) {
      script.task("load", executes: .fails("disk full"), .fails("still full"), .succeeds)
      script.task("verify", executes: .fails("broken").times(1), .succeeds)
    }
    let report = try await run(flow)
    #expect(report.state == .success)
    #expect(
      report.recoveredFailures.map(\.failure.message) == ["disk full", "still full", "broken"])
    #expect(
      script.log.lines == [
        "load+", "load-", "load+", "load-", "load+", "verify+", "verify-", "load-",
        "load+", "verify+",
      ])
  }

  @Test func `the example of its documentation runs`() async throws {
    let flow = Flow.linear("release", retry: .times("again", attempts: 2)) {
      script.task("load", executes: .fails("disk full"), .succeeds)
      script.task("verify", reverts: .fails("stuck"))
    }
    #expect(try await run(flow).state == .success)
    #expect(script.log.lines == ["load+", "load-", "load+", "verify+"])
  }

  @Test func `reverts have a script of their own`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 3)) {
      script.task("load", executes: .fails("no"), reverts: .succeeds, .fails("stuck"))
    }
    let report = try await run(flow)
    #expect(report.state == .failure)
    #expect(report.revertFailures.map(\.failure.message) == ["stuck"])
    #expect(script.log.lines == ["load+", "load-", "load+", "load-"])
  }

  @Test func `an entry can stand for some calls in a row, or for none`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 9)) {
      script.task("load", executes: .fails("no").times(3), .succeeds, .fails("never").times(0))
    }
    let report = try await run(flow)
    #expect(report.state == .success)
    #expect(report.attempts(of: "load") == 4)
  }

  @Test func `an error of one's own is kept with its type`() async throws {
    struct Refused: Error {}
    let report = try await run(.linear("all") { script.task("load", executes: .fails(Refused())) })
    #expect(report.failures.map { $0.failure.isCaused(by: Refused.self) } == [true])
  }

  @Test func `values are provided in the order of the symbols`() async throws {
    let flow = Flow.linear("all") {
      script.task("one", provides: size, executes: .provides(3))
      script.task("two", provides: name, Symbol<Bool>("flag"), executes: .provides("n", true))
      script.task("look", requires: size, name)
    }
    #expect(try await run(flow).state == .success)
    let call = try #require(script.log.calls(of: "look").first)
    #expect(try call.arguments.value(of: size) == 3)
    #expect(try call.arguments.value(of: name) == "n")
    #expect(call.attempt == 1)
    #expect(call.action == .execute)
  }

  @Test func `what is not provided is lacking, and what is too much fails`() async throws {
    let flow = Flow.linear("all") {
      script.task("two", provides: size, name, executes: .provides(3))
      script.task("look", requires: name)
    }
    #expect(try await run(flow).failures.map(\.atom) == ["look"])
    let report = try await run(.linear("all") { script.task("none", executes: .provides(1, 2)) })
    #expect(report.failures.map(\.failure.message) == ["2 values for 0 symbols of task 'none'"])
  }

  @Test func `a call waits at a gate and goes on as it is told`() async throws {
    let gate = Gate()
    let flow = Flow.unordered("all", retry: .times("again", attempts: 2)) {
      script.task("a", executes: .waits(at: gate, then: .fails("late")), .succeeds)
      script.task("b", executes: .waits(at: gate), reverts: .waits(at: gate))
    }
    async let ended = run(flow)
    await gate.waitForArrivals(2)
    #expect(script.log.lines.sorted() == ["a+", "b+"])
    gate.open()
    let report = try await ended
    #expect(report.state == .success)
    #expect(report.recoveredFailures.map(\.failure.message) == ["late"])
  }

  @Test func `as many calls wait at a gate as do what follows`() async throws {
    let gate = Gate()
    gate.open()
    let flow = Flow.linear("all", retry: .times("again", attempts: 9)) {
      script.task("a", executes: .waits(at: gate, then: .fails("no").times(3)), .succeeds)
    }
    #expect(try await run(flow).attempts(of: "a") == 4)
    #expect(gate.arrivals == 3)
  }

  @Test func `a task that is run again goes on with its script`() async throws {
    let engine = Engine(
      plan: try compile(.linear("all") { script.task("a", executes: .fails("no"), .succeeds) }))
    #expect(try await engine.run().state == .reverted)
    #expect(try await engine.run().state == .success)
  }

  @Test func `a call that waits at a gate gives up when its time is over`() async throws {
    let clock = ManualClock()
    let flow = Flow.linear("all") {
      script.task("load", executes: .waits(at: Gate())).timeout(.seconds(5))
    }
    async let ended = Engine(plan: try compile(flow), clock: clock).run()
    await clock.waitForSleeps(1)
    clock.advance(by: .seconds(5))
    #expect(try await ended.failures.map(\.failure.reason) == [.timeout])
  }

  @Test func `scripts, bodies and hooks can share a log`() async throws {
    let log = CallLog()
    let flow = Flow.linear("all") {
      TaskScript(log: log).task("a")
      FlowTask("b") { log.note("b itself") }.beforeExecute { log.record($0) }
      TaskScript(log: log).task("c")
    }
    try await run(flow)
    #expect(log.lines == ["a+", "b+", "b itself", "c+"])
    #expect(log.calls.map(\.atom) == ["a", "b", "c"])
  }
}
