import FlowEngine
import Synchronization
import TaskFlow
import TaskFlowTesting
import Testing

struct RevertRunTests {
  @Test func `what ran is undone in reverse order, and what never ran is not`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all") {
      script.task("a")
      script.task("b")
      script.task("c", executes: .fails("c broke"))
      script.task("d")
    }
    let report = try await run(flow)
    #expect(script.log.lines == ["a+", "b+", "c+", "c-", "b-", "a-"])
    #expect(report.state == .reverted)
    #expect(report.states == ["a": .reverted, "b": .reverted, "c": .reverted, "d": .pending])
  }

  @Test func `an inner controller undoes its own flow alone`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all") {
      script.task("before")
      Flow.linear("inner", retry: .alwaysRevert("never")) {
        script.task("a")
        script.task("b", executes: .fails("b broke"))
      }
    }
    let report = try await run(flow)
    #expect(script.log.lines == ["before+", "a+", "b+", "b-", "a-"])
    #expect(report.state == .reverted)
    #expect(report.states["before"] == .success)
  }

  @Test func `when reverts are deferred everything is undone`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all") {
      script.task("before")
      Flow.linear("inner", retry: .alwaysRevert("never")) {
        script.task("a", executes: .fails("a broke"))
      }
    }
    try await run(flow, options: RunOptions(defersReverts: true))
    #expect(script.log.lines == ["before+", "a+", "a-", "before-"])
  }

  @Test func `when nothing is to be resolved the failed run stays as it is`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all", retry: .times("again", attempts: 3)) {
      script.task("a")
      script.task("b", executes: .fails("b broke"))
    }
    let report = try await run(flow, options: RunOptions(neverResolves: true))
    #expect(script.log.lines == ["a+", "b+"])
    #expect(report.state == .failure)
    #expect(report.states == ["again": .success, "a": .success, "b": .failure])
  }

  @Test func `a revert is told its arguments, the result, and every failure`() async throws {
    let size = Symbol<Int>("size")
    let path = Symbol<String>("path")
    let log = CallLog()
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
    let log = CallLog()
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

  private func failingReverts(_ script: TaskScript) -> Flow {
    .linear("all") {
      script.task("first")
      Flow.unordered("both") {
        script.task("x", reverts: .fails("x stays"))
        script.task("y")
      }
      script.task("last", executes: .fails("last broke"))
    }
  }

  @Test func `after a failed revert all is undone but what comes before it`() async throws {
    let script = TaskScript()
    let report = try await run(failingReverts(script), options: .serial)
    #expect(script.log.lines == ["first+", "x+", "y+", "last+", "last-", "x-", "y-"])
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
    let script = TaskScript()
    let report = try await run(
      failingReverts(script), options: RunOptions(concurrencyLimit: 1, revertFailure: .halt))
    #expect(script.log.lines == ["first+", "x+", "y+", "last+", "last-", "x-"])
    #expect(report.state == .failure)
    #expect(report.states["y"] == .success)
  }

  @Test func `hooks run around both methods, those after always`() async throws {
    let script = TaskScript()
    func hooked(_ task: FlowTask) -> FlowTask {
      task
        .beforeExecute { script.log.note("before \($0.action)") }
        .afterExecute { script.log.note("after \($0.action)") }
        .beforeRevert { script.log.note("before \($0.action)") }
        .afterRevert { script.log.note("after \($0.action)") }
    }
    try await run(.linear("all") { hooked(script.task("a", executes: .fails("a broke"))) })
    #expect(
      script.log.lines == [
        "before execute", "a+", "after execute", "before revert", "a-", "after revert",
      ])
  }

  @Test func `an error of a hook is a failure of the task, that of the body counts more`()
    async throws
  {
    let script = TaskScript()
    let before = try await run(
      .linear("all") {
        script.task("a").beforeExecute { _ in throw Failure("before") }
          .afterExecute { _ in script.log.note("after") }
      })
    #expect(before.failures.map(\.failure.message) == ["before"])
    #expect(script.log.lines == ["after", "a-"])
    let after = try await run(
      .linear("all") { TaskScript().task("a").afterExecute { _ in throw Failure("after") } })
    #expect(after.failures.map(\.failure.message) == ["after"])
    #expect(after.state == .reverted)
    let both = try await run(
      .linear("all") {
        TaskScript().task("a", executes: .fails("a broke")).afterExecute { _ in
          throw Failure("after")
        }
      })
    #expect(both.failures.map(\.failure.message) == ["a broke"])
    let revert = try await run(
      .linear("all") {
        TaskScript().task("a", executes: .fails("a broke")).afterRevert { _ in
          throw Failure("after")
        }
      })
    #expect(revert.revertFailures.map(\.failure.message) == ["after"])
  }
}
