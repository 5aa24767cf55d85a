import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct RunReportTests {
  private let log = RunLog()
  private let script = TaskScript()

  @Test func `a report of a success lists atoms, values and recovered failures`() async throws {
    let name = Symbol<String>("name")
    let attempt = Symbol<Int>("attempt")
    let flow = Flow.linear("all", retry: .times("again", attempts: 2, provides: attempt)) {
      FlowTask("a", provides: name) { "first" }
      FlowTask("b", requires: attempt, provides: name) { attempt in
        if attempt == 1 { throw Failure("b broke", causes: [.init(message: "why", type: "T")]) }
        return "second"
      }
    }
    let report = try await run(flow)
    #expect(report.state == .success)
    #expect(!report.isDirty)
    #expect(report.atoms.map(\.name) == ["again", "a", "b"])
    #expect(report.atoms.map(\.attempts) == [2, 2, 2])
    #expect(report.atoms.map(\.intention) == [.execute, .execute, .execute])
    #expect(try report.value(of: name) == "second")
    #expect(try report.value(of: attempt) == 2)
    #expect(report.failures.isEmpty)
    #expect(report.recoveredFailures.map(\.atom) == ["b"])
    #expect(report.recoveredFailures.first?.failure.causes.map(\.message) == ["why"])
    #expect(throws: Never.self) { try report.throwFailures() }
  }

  @Test func `a report of an undone run lists the failures of its last attempt`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 2)) {
      Flow.unordered("both") {
        script.task("a", executes: .fails("a#1"), .fails("a#2"), .succeeds)
        script.task("b", executes: .fails("b#1"), .fails("b#2"), .succeeds)
      }
    }
    let report = try await run(flow)
    #expect(report.state == .reverted)
    #expect(report.values.isEmpty)
    #expect(Set(report.failures.map(\.failure.message)) == ["a#2", "b#2"])
    #expect(Set(report.recoveredFailures.map(\.failure.message)) == ["a#1", "b#1"])
    #expect(throws: RunFailure.self) { try report.throwFailures() }
  }

  @Test func `a failure keeps the type and the causes of its error`() async throws {
    struct Low: Error {}
    struct High: CausedError {
      var cause: (any Error)? { Low() }
    }
    let report = try await run(.linear("all") { FlowTask("a") { throw High() } })
    let failure = try #require(report.failures.first?.failure)
    #expect(failure.type.hasSuffix("High"))
    #expect(failure.causes.map(\.message) == ["Low()"])
  }

  @Test func `listeners are told each step with its attempt and failure`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 2)) {
      script.task("a", executes: .fails("a#1"), .succeeds)
    }
    try await run(flow, log: log)
    let steps = log.events.compactMap { event -> String? in
      switch event.kind {
      case .flowChanged(let old, let new): "\(old) → \(new)"
      case .atomChanged(let node, _, let new, let attempt, let failure):
        "\(node) \(new) \(attempt) \(failure?.message ?? "")"
      case .decided(let node, let decision): "\(node) says \(decision)"
      default: nil
      }
    }
    #expect(
      steps == [
        "pending → running",
        "1 running 1 ", "1 succeeded 1 ", "2 running 1 ", "2 failed 1 a#1", "1 says retry",
        "2 reverting 1 ", "2 reverted 1 ", "1 retrying 1 ", "2 pending 1 ",
        "1 running 2 ", "1 succeeded 2 ", "2 running 2 ", "2 succeeded 2 ",
        "running → succeeded",
      ])
  }

  @Test func `a report counts what happened`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 2)) {
      script.task("a")
      script.task("b", executes: .fails("b#1"), .fails("b#2"), reverts: .succeeds, .fails("stuck"))
    }
    let statistics = try await run(flow).statistics
    #expect(statistics.executions == 6)
    #expect(statistics.failures == 2)
    #expect(statistics.retries == 1)
    #expect(statistics.reverts == 3)
    #expect(statistics.revertFailures == 1)
    #expect(statistics.skips == 0)
    #expect(statistics.mostAtOnce == 1)
  }

  @Test func `a report says how far each task came`() async throws {
    let flow = Flow.linear("all") {
      script.task("a")
      FlowTask(
        "b",
        withContext: { (context: TaskContext) in
          context.report(progress: 0.25)
          context.report(progress: 0.75)
          throw Failure("b broke")
        })
      script.task("c")
    }
    #expect(
      try await run(flow, options: RunOptions(neverResolves: true)).atoms.map(\.progress) == [
        1, 0.75, 0,
      ])
    let unheard = try await Engine(
      plan: try compile(flow), options: RunOptions(neverResolves: true)
    ).run()
    #expect(unheard.atoms.map(\.progress) == [1, 0.75, 0])
  }

  @Test func `what a task said in an earlier attempt is forgotten in the next`() async throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 2)) {
      FlowTask(
        "a",
        withContext: { (context: TaskContext) in
          if context.attempt == 1 { context.report(progress: 0.75) }
          throw Failure("a broke")
        })
    }
    let report = try await Engine(plan: try compile(flow)).run()
    #expect(report.atoms.map(\.progress) == [0, 0])
  }

  @Test func `an empty flow succeeds at once`() async throws {
    let report = try await run(.linear("all"))
    #expect(report.state == .success)
    #expect(report.atoms.isEmpty)
  }
}
