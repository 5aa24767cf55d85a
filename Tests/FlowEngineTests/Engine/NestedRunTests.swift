import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// What flows within flows, skipped atoms and waiting atoms do to each other.
struct NestedRunTests {
  @Test func `nothing after a nested flow starts before all of it is done`() async throws {
    let script = TaskScript()
    var flow = Flow.graph("all") {
      Flow.unordered("inner") {
        script.task("a")
        script.task("b")
      }
      script.task("before")
      script.task("after")
    }
    flow.link(from: "before", to: "inner")
    flow.link(from: "inner", to: "after")
    try await run(flow, options: .serial)
    #expect(script.log.lines == ["before+", "a+", "b+", "after+"])
  }

  @Test func `a decider in front of a flow decides about all that starts it`() async throws {
    let script = TaskScript()
    var flow = Flow.graph("all") {
      script.task("before")
      Flow.unordered("outer") {
        Flow.linear("inner") {
          script.task("a")
          script.task("b")
        }
        script.task("c")
      }
    }
    flow.link(from: "before", to: "outer", decider: LinkDecider(depth: .atom) { _ in false })
    let report = try await run(flow, options: .serial)
    #expect(script.log.lines == ["before+", "b+"])
    #expect(report.states["a"] == .ignored)
    #expect(report.states["c"] == .ignored)
    #expect(report.state == .success)
  }

  @Test func `a decider whose source was skipped is not asked`() async throws {
    let script = TaskScript()
    var flow = Flow.graph("all") { for name in ["a", "b", "c"] { script.task(name) } }
    flow.link(from: "a", to: "b", decider: LinkDecider(depth: .atom) { _ in false })
    flow.link(from: "b", to: "c", decider: LinkDecider { _ in false })
    let report = try await run(flow)
    #expect(script.log.lines == ["a+", "c+"])
    #expect(report.states["b"] == .ignored)
  }

  @Test func `the widest depth of several noes counts`() async throws {
    let script = TaskScript()
    var flow = Flow.graph("all") { for name in ["a", "b", "c", "d"] { script.task(name) } }
    flow.link(from: "a", to: "c", decider: LinkDecider(depth: .atom) { _ in false })
    flow.link(from: "b", to: "c", decider: LinkDecider(depth: .all) { _ in false })
    flow.link(from: "c", to: "d")
    try await run(flow, options: .serial)
    #expect(script.log.lines == ["a+", "b+"])
  }

  @Test func `of the nearest providers that were not skipped the last is read`() async throws {
    let value = Symbol<String>("value")
    let read = Symbol<String>("read")
    var flow = Flow.linear("all") {
      FlowTask("far", provides: value) { "far" }
      FlowTask("near", requires: value, provides: value) { "nearer than \($0)" }
      FlowTask("reads", requires: value, provides: read) { "read \($0)" }
    }
    flow.link(from: "far", to: "near", decider: LinkDecider(depth: .atom) { _ in false })
    let plan = try compile(flow)
    let reader = try #require(plan.atoms.first { plan.name(of: $0) == "reads" })
    let binding = try #require(plan.bindings(of: reader, for: .execute).first)
    #expect(plan.bindings.candidates(of: binding).joined().count == 2)
    let report = try await Engine(plan: plan).run()
    #expect(report.states["near"] == .ignored)
    #expect(try report.value(of: read) == "read far")
    #expect(report.state == .success)
  }

  @Test func `a controller that was skipped is passed over when a task of its flow fails`()
    async throws
  {
    let script = TaskScript()
    var flow = Flow.graph("all", retry: .times("outer", attempts: 2)) {
      script.task("before")
      Flow.linear("inner", retry: .alwaysRevertAll("skipped")) {
        script.task("fails", executes: .fails("once"), .succeeds)
      }
    }
    flow.link(from: "before", to: "inner", decider: LinkDecider(depth: .atom) { _ in false })
    let report = try await run(flow)
    #expect(report.state == .success)
    #expect(report.states["skipped"] == .ignored)
    #expect(report.attempts(of: "outer") == 2)
    #expect(report.attempts(of: "fails") == 2)
  }

  @Test func `a task that waits for its turn does not start once a failure is resolved`()
    async throws
  {
    let script = TaskScript()
    let flow = Flow.unordered("all") {
      script.task("fails", executes: .fails("no"))
      script.task("waits")
    }
    let report = try await run(flow, options: .serial)
    #expect(script.log.lines == ["fails+", "fails-"])
    #expect(report.states["waits"] == .pending)
    #expect(report.state == .reverted)
  }
}
