import FlowDiagnostics
import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct DeciderRunTests {
  /// a → b → c → d inside a flow, then e after it; a decider with a no sits on a → b.
  private func flow(_ depth: SkipDepth, _ script: TaskScript) -> Flow {
    var inner = Flow.graph("inner") { for name in ["a", "b", "c", "d"] { script.task(name) } }
    inner.link(from: "a", to: "b", decider: LinkDecider(depth: depth) { _ in false })
    inner.link(from: "b", to: "c")
    inner.link(from: "c", to: "d")
    return .linear("all") {
      inner
      script.task("e")
    }
  }

  @Test(arguments: [
    (SkipDepth.all, ["a+"]), (.flow, ["a+", "e+"]), (.neighbors, ["a+", "d+", "e+"]),
    (.atom, ["a+", "c+", "d+", "e+"]),
  ])
  func `a no skips as much as its depth says`(depth: SkipDepth, ran: [String]) async throws {
    let script = TaskScript()
    let report = try await run(flow(depth, script))
    #expect(script.log.lines == ran)
    #expect(report.state == .success)
    #expect(report.states["b"] == .ignored)
  }

  @Test func `a decider sees the result of the task before it`() async throws {
    let size = Symbol<Int>("size")
    let script = TaskScript()
    var flow = Flow.graph("all") {
      FlowTask("measure", provides: size) { 7 }
      script.task("big")
      script.task("small")
    }
    for (target, sizes) in [("big", 6...9), ("small", 0...5)] {
      flow.link(
        from: "measure", to: target,
        decider: LinkDecider { results in
          sizes.contains(try results["measure"]?.whole?.value(as: Int.self) ?? 0)
        })
    }
    try await run(flow)
    #expect(script.log.lines == ["big+"])
  }

  @Test func `an error of a decider is the failure of the task`() async throws {
    let script = TaskScript()
    var flow = Flow.graph("all") {
      script.task("a")
      script.task("b")
    }
    flow.link(from: "a", to: "b", decider: LinkDecider { _ in throw Failure("undecided") })
    let report = try await run(flow)
    #expect(report.state == .reverted)
    #expect(report.failures.map(\.atom) == ["b"])
    #expect(report.failures.map(\.failure.message) == ["undecided"])
    #expect(script.log.lines == ["a+", "b-", "a-"])
  }

  @Test func `a condition skips its task, and a retry asks it again`() async throws {
    let value = Symbol<String>("value")
    let script = TaskScript()
    let span = SourceSpan(file: "test", line: 1, column: 1)
    let condition = Condition(
      requirements: [Requirement(symbol: "value", span: span)], depth: .atom, summary: "",
      span: span
    ) { try $0.value(of: value) == "b" }
    let flow = Flow.linear(
      "all", retry: .forEach("each", values: ["a", "b"], provides: value)
    ) {
      script.task("sometimes").changing { $0.condition = condition }
      script.task("always", executes: .fails("always#1"), .succeeds)
    }
    let report = try await run(flow)
    #expect(script.log.lines == ["always+", "always-", "sometimes+", "always+"])
    #expect(report.state == .success)
  }
}
