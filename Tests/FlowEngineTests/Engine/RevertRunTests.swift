import FlowEngine
import Synchronization
import TaskFlow
import Testing

struct RevertRunTests {
  @Test func `what ran is undone in reverse order, and what never ran is not`() async throws {
    let log = RunLog()
    let flow = Flow.linear("all") {
      log.task("a")
      log.task("b")
      log.task("c", fails: true)
      log.task("d")
    }
    let report = try await run(flow)
    #expect(log.lines == ["a+", "b+", "c+", "c-", "b-", "a-"])
    #expect(report.state == .reverted)
    #expect(report.states == ["a": .reverted, "b": .reverted, "c": .reverted, "d": .pending])
  }

  @Test func `an inner controller undoes its own flow alone`() async throws {
    let log = RunLog()
    let flow = Flow.linear("all") {
      log.task("before")
      Flow.linear("inner", retry: .alwaysRevert("never")) {
        log.task("a")
        log.task("b", fails: true)
      }
    }
    let report = try await run(flow)
    #expect(log.lines == ["before+", "a+", "b+", "b-", "a-"])
    #expect(report.state == .reverted)
    #expect(report.states["before"] == .success)
  }

  @Test func `when reverts are deferred everything is undone`() async throws {
    let log = RunLog()
    let flow = Flow.linear("all") {
      log.task("before")
      Flow.linear("inner", retry: .alwaysRevert("never")) { log.task("a", fails: true) }
    }
    try await run(flow, options: RunOptions(defersReverts: true))
    #expect(log.lines == ["before+", "a+", "a-", "before-"])
  }

  @Test func `when nothing is to be resolved the failed run stays as it is`() async throws {
    let log = RunLog()
    let flow = Flow.linear("all", retry: .times("again", attempts: 3)) {
      log.task("a")
      log.task("b", fails: true)
    }
    let report = try await run(flow, options: RunOptions(neverResolves: true))
    #expect(log.lines == ["a+", "b+"])
    #expect(report.state == .failure)
    #expect(report.states == ["again": .success, "a": .success, "b": .failure])
  }

  @Test func `a revert is told its arguments, the result, and every failure`() async throws {
    let size = Symbol<Int>("size")
    let path = Symbol<String>("path")
    let log = RunLog()
    let flow = Flow.linear("all") {
      FlowTask("copy", requires: size, provides: path) { "/tmp/\($0)" }
        .reverting { context in
          let size = try context.arguments.value(of: size)
          let path = try context.provided(path) ?? "none"
          let failures = context.flowFailures.mapValues(\.message)
          log.note("\(context.attempt) \(size) \(path) \(context.failure == nil) \(failures)")
        }
      FlowTask("check", requires: path) { _ in throw Failure("bad") }
        .reverting { context in
          log.note("\(context.failure?.message ?? "none") \(context.action)")
        }
    }
    try await run(flow, inputs: ["size": BoxedValue(3)])
    #expect(log.lines == ["bad revert", #"1 3 /tmp/3 true ["check": "bad"]"#])
  }

  @Test func `a revert can read symbols of its own`() async throws {
    let bucket = Symbol<String>("bucket")
    let size = Symbol<Int>("size")
    let log = RunLog()
    let flow = Flow.linear("all") {
      FlowTask("bucket", provides: bucket) { "b1" }
      FlowTask("fill", requires: size) { _ in throw Failure("full") }
        .reverting(requires: bucket) { context, bucket in
          log.note("\(bucket) \(context.arguments["size"] == nil)")
        }
    }
    try await run(flow, inputs: ["size": BoxedValue(3)])
    #expect(log.lines == ["b1 true"])
  }

  private func failingReverts(_ log: RunLog) -> Flow {
    .linear("all") {
      log.task("first")
      Flow.unordered("both") {
        log.task("x").reverting { _ in throw Failure("x stays") }
        log.task("y")
      }
      log.task("last", fails: true)
    }
  }

  @Test func `after a failed revert all is undone but what comes before it`() async throws {
    let log = RunLog()
    let report = try await run(failingReverts(log), options: .serial)
    #expect(log.lines == ["first+", "x+", "y+", "last+", "last-", "y-"])
    #expect(report.state == .failure)
    #expect(report.isDirty)
    #expect(
      report.states == [
        "first": .success, "x": .revertFailure, "y": .reverted, "last": .reverted,
      ])
    let error = #expect(throws: RunFailure.self) { try report.throwFailures() }
    #expect(
      error?.description == "'last' failed: last broke; 'x' could not be undone: x stays")
  }

  @Test func `when a failed revert halts the run nothing more is undone`() async throws {
    let log = RunLog()
    let report = try await run(
      failingReverts(log), options: RunOptions(concurrencyLimit: 1, revertFailure: .halt))
    #expect(log.lines == ["first+", "x+", "y+", "last+", "last-"])
    #expect(report.state == .failure)
    #expect(report.states["y"] == .success)
  }

  @Test func `hooks run around both methods, those after always`() async throws {
    let log = RunLog()
    func hooked(_ task: FlowTask) -> FlowTask {
      task
        .beforeExecute { log.note("before \($0.action)") }
        .afterExecute { log.note("after \($0.action)") }
        .beforeRevert { log.note("before \($0.action)") }
        .afterRevert { log.note("after \($0.action)") }
    }
    try await run(.linear("all") { hooked(log.task("a", fails: true)) })
    #expect(
      log.lines == [
        "before execute", "a+", "after execute", "before revert", "a-", "after revert",
      ])
  }

  @Test func `an error of a hook is a failure of the task, that of the body counts more`()
    async throws
  {
    let log = RunLog()
    let before = try await run(
      .linear("all") {
        log.task("a").beforeExecute { _ in throw Failure("before") }
          .afterExecute { _ in log.note("after") }
      })
    #expect(before.failures.map(\.failure.message) == ["before"])
    #expect(log.lines == ["after", "a-"])
    let after = try await run(
      .linear("all") { RunLog().task("a").afterExecute { _ in throw Failure("after") } })
    #expect(after.failures.map(\.failure.message) == ["after"])
    #expect(after.state == .reverted)
    let both = try await run(
      .linear("all") {
        RunLog().task("a", fails: true).afterExecute { _ in throw Failure("after") }
      })
    #expect(both.failures.map(\.failure.message) == ["a broke"])
    let revert = try await run(
      .linear("all") {
        RunLog().task("a", fails: true).afterRevert { _ in throw Failure("after") }
      })
    #expect(revert.revertFailures.map(\.failure.message) == ["after"])
  }
}
