import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct RunTraceTests {
  private let script = TaskScript()

  private func trace(_ flow: Flow, _ options: RunOptions = .serial) async throws -> RunTrace {
    let plan = try compile(flow)
    let trace = RunTrace(of: plan)
    _ = try await Engine(plan: plan, options: options).run(listeners: [trace])
    return trace
  }

  private var retried: Flow {
    .linear("all", retry: .times("again", attempts: 2)) {
      script.task("load", executes: .fails("disk full"), .succeeds)
      script.task("verify")
    }
  }

  @Test func `a line has each change, and the state of the flow`() async throws {
    #expect(
      try await trace(retried).line()
        == "load▶ load✗ load↩ load↩✓ again↻ load▶ load✓ verify▶ verify✓ · success")
  }

  @Test func `only the named atoms are shown`() async throws {
    let trace = try await trace(retried)
    #expect(trace.line(of: ["again", "verify"]) == "again↻ verify▶ verify✓ · success")
    #expect(trace.byAtom(of: ["verify"]) == ["verify: ▶✓"])
    #expect(trace.steps(of: ["verify"]) == "verify▶ verify✓ · success")
    #expect(trace.line(of: []) == "· success")
  }

  @Test func `by atom there is a line for each, with its attempts apart`() async throws {
    #expect(
      try await trace(retried).byAtom() == ["again: ▶✓ ↻▶✓", "load: ▶✗↩↩✓ ▶✓", "verify: ▶✓"])
  }

  @Test func `what never ran or waits for another attempt is pending`() async throws {
    let flow = Flow.linear("all") {
      script.task("a", executes: .fails("no"))
      script.task("b")
    }
    let reverted = try await trace(flow)
    #expect(reverted.byAtom() == ["a: ▶✗↩↩✓", "b: ○"])
    #expect(reverted.line() == "a▶ a✗ a↩ a↩✓ · reverted")

    let plan = try compile(retried)
    let (control, suspended) = (RunControl(), RunTrace(of: plan))
    _ = try await Engine(plan: plan).run(control: control) { event in
      suspended.receive(event)
      if case .atomChanged(_, _, .retrying, _, _) = event.kind { control.suspend() }
    }
    #expect(suspended.byAtom(of: ["load", "verify"]) == ["load: ▶✗↩↩✓ ○", "verify: ○"])
    #expect(suspended.line(of: []) == "· suspended")
  }

  @Test func `failed reverts and skipped atoms have signs of their own`() async throws {
    var flow = Flow.graph("all") {
      script.task("a", reverts: .fails("stuck"))
      script.task("b")
      script.task("c", executes: .fails("no"))
    }
    flow.link(from: "a", to: "b", decider: LinkDecider(depth: .atom) { _ in false })
    flow.link(from: "b", to: "c")
    let trace = try await trace(flow)
    #expect(trace.line() == "a▶ a✓ b⤼ c▶ c✗ c↩ c↩✓ a↩ a⚠ · failure")
  }

  @Test func `before a run the flow is pending`() throws {
    let trace = RunTrace(of: try compile(retried))
    #expect(trace.line() == "· pending")
    #expect(trace.byAtom() == ["again: ○", "load: ○", "verify: ○"])
  }

  /// Two tasks side by side whose gates a test opens, between two others.
  private func parallel(_ first: Gate, _ second: Gate) -> Flow {
    .linear("all") {
      script.task("before")
      Flow.unordered("both") {
        script.task("a", executes: .waits(at: first))
        script.task("b", executes: .waits(at: second, then: .fails("no")))
      }
      script.task("after")
    }
  }

  @Test(arguments: [true, false])
  func `steps and lines by atom don't tell which of two independent tasks ended first`(
    isFirstFirst: Bool
  ) async throws {
    let gates = [Gate(), Gate()]
    let plan = try compile(parallel(gates[0], gates[1]))
    let trace = RunTrace(of: plan)
    let order = isFirstFirst ? ["a", "b"] : ["b", "a"]
    async let ended = Engine(plan: plan).run { event in
      trace.receive(event)
      // The second gate is opened when the task behind the first one has ended.
      if case .atomChanged(let node, .running, _, _, _) = event.kind,
        plan.name(of: node) == order[0]
      {
        gates[isFirstFirst ? 1 : 0].open()
      }
    }
    await gates[0].waitForArrivals(1)
    await gates[1].waitForArrivals(1)
    gates[isFirstFirst ? 0 : 1].open()
    _ = try await ended
    let line = trace.line()
    let ends = try ["a✓", "b✗"].map { try #require(line.firstRange(of: $0)).lowerBound }
    #expect((ends[0] < ends[1]) == isFirstFirst)
    #expect(
      trace.steps() == """
        before▶ before✓ {a▶ b▶} {a✓ b✗} {a↩ b↩} {a↩✓ b↩✓} before↩ before↩✓ · reverted
        """)
    #expect(
      trace.byAtom() == ["before: ▶✓↩↩✓", "a: ▶✓↩↩✓", "b: ▶✗↩↩✓", "after: ○"])
  }

  /// Events in another order, in which the events of each group keep theirs.
  private func merged(
    _ groups: [[RunEvent]], _ random: inout SeededGenerator
  ) -> [RunEvent] {
    var order = groups.indices.flatMap { index in groups[index].map { _ in index } }
    order.shuffle(using: &random)
    var next = groups.map { $0[...] }
    return order.compactMap { next[$0].popFirst() }
  }

  @Test func `in whatever order independent chains go on, the steps are the same`() async throws {
    let plan = try compile(
      .unordered("all") {
        for chain in ["x", "y", "z"] {
          Flow.linear(chain, retry: .times("\(chain) again", attempts: 3)) {
            script.task("\(chain)1")
            script.task("\(chain)2", executes: .fails("no").times(chain == "y" ? 2 : 1), .succeeds)
          }
        }
      })
    let trace = RunTrace(of: plan)
    _ = try await Engine(plan: plan, options: .serial).run(listeners: [trace])
    let groups = ["x", "y", "z"].map { chain in
      trace.events.filter { event in
        if case .atomChanged(let node, _, _, _, _) = event.kind {
          plan.name(of: node).hasPrefix(chain)
        } else {
          false
        }
      }
    }
    var random = SeededGenerator(seed: 1)
    var lines: Set<String> = []
    var steps: Set<String> = []
    var attempts: Set<[String]> = []
    for _ in 0..<200 {
      let other = RunTrace(of: plan)
      for event in merged(groups, &random) { other.receive(event) }
      lines.insert(other.line())
      steps.insert(other.steps())
      attempts.insert(other.byAtom())
    }
    #expect(lines.count > 100)
    #expect(steps.count == 1)
    #expect(steps.first?.hasPrefix("{x1▶ y1▶ z1▶} {x1✓ y1✓ z1✓} {x2▶ y2▶ z2▶}") == true)
    #expect(attempts == [trace.byAtom()])
  }

  @Test func `steps of many runs of parallel retries are the same`() async throws {
    var seen: Set<String> = []
    for _ in 0..<50 {
      let script = TaskScript()
      let flow = Flow.unordered("all", retry: .times("again", attempts: 2)) {
        script.task("a", executes: .fails("no"), .succeeds)
        script.task("b")
        Flow.linear("chain") {
          script.task("c")
          script.task("d")
        }
      }
      let trace = try await trace(flow, RunOptions())
      seen.insert(trace.steps(of: ["a", "b"]))
    }
    #expect(
      seen == [
        "{a▶ b▶} {a✗ b✓} {a↩ b↩} {a↩✓ b↩✓} {a▶ b▶} {a✓ b✓} · success"
      ])
  }
}
