import FlowEngine
import Synchronization
import TaskFlow
import TaskFlowTesting
import Testing

struct ParallelRunTests {
  private func gated(
    _ count: Int, _ gate: Gate, _ log: RunLog, name: String = "all"
  ) -> Flow {
    .unordered(name) {
      for index in 0..<count {
        FlowTask("t\(index)") { try await log.during { try await gate.pass() } }
      }
    }
  }

  @Test func `without a limit all that are ready run at once`() async throws {
    let (gate, log) = (Gate(), RunLog())
    async let report = run(gated(5, gate, log))
    await gate.waitForArrivals(5)
    gate.open()
    #expect(try await report.state == .success)
    #expect(log.peak == 5)
  }

  @Test(arguments: [1, 2, 3])
  func `as many run at once as the limit says, and no more`(limit: Int) async throws {
    let (gate, log) = (Gate(), RunLog())
    async let report = run(
      gated(5, gate, log), options: RunOptions(concurrencyLimit: limit), log: log)
    await gate.waitForArrivals(limit)
    #expect(log.events.count { if case .atomChanged = $0.kind { true } else { false } } == limit)
    gate.open()
    #expect(try await report.state == .success)
    #expect(log.peak == limit)
  }

  @Test func `of a flow with a limit no more run at once, and what is outside of it does not wait`()
    async throws
  {
    let (gate, log) = (Gate(), RunLog())
    let free = TaskScript()
    let flow = Flow.unordered("all") {
      gated(4, gate, log, name: "narrow").atMost(2)
      for index in 0..<3 { free.task("free\(index)") }
    }
    async let report = run(flow)
    await gate.waitForArrivals(2)
    gate.open()
    #expect(try await report.state == .success)
    #expect(log.peak == 2)
    #expect(free.log.lines.count == 3)
  }

  @Test func `limits inside of each other hold, and of what has room the first is started`()
    async throws
  {
    let script = TaskScript()
    let flow = Flow.unordered("all") {
      Flow.unordered("outer") {
        Flow.unordered("inner") {
          script.task("a")
          script.task("b").priority(1)
        }.atMost(1)
        script.task("c")
        script.task("d").priority(2)
      }.atMost(2)
      script.task("e").priority(-1)
      script.task("last")
    }
    try await run(flow, options: .serial)
    #expect(script.log.lines == ["d+", "b+", "a+", "c+", "last+", "e+"])
  }

  @Test func `many flows with limits in one cost no more than their tasks`() throws {
    var flow = Flow.unordered("all") {}
    for index in 0..<5_000 {
      flow.append(
        Flow.unordered("f\(index)") {
          FlowTask("a\(index)") {}
          FlowTask("b\(index)") {}
        }.atMost(1))
    }
    var machine = RunMachine(plan: try compile(flow.atMost(3)))
    var open = machine.start().compactMap(\.executed)
    var (count, most) = (0, 0)
    while let node = open.popLast() {
      most = max(most, open.count + 1)
      open += machine.handle(.executed(node, AtomResult())).compactMap(\.executed)
      count += 1
    }
    #expect(machine.flowState == .success)
    #expect(count == 10_000 && most == 3)
  }

  @Test func `one at a time runs in declaration order`() async throws {
    let script = TaskScript()
    let flow = Flow.unordered("all") { for index in 0..<5 { script.task("t\(index)") } }
    try await run(flow, options: .serial)
    #expect(script.log.lines == ["t0+", "t1+", "t2+", "t3+", "t4+"])
  }

  @Test func `higher priorities run and are undone first`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all") {
      Flow.unordered("many") {
        script.task("low").priority(-1)
        script.task("plain")
        script.task("high").priority(7)
        script.task("plain too")
      }
      script.task("last", executes: .fails("last broke"))
    }
    try await run(flow, options: .serial)
    #expect(
      script.log.lines == [
        "high+", "plain+", "plain too+", "low+", "last+",
        "last-", "high-", "plain-", "plain too-", "low-",
      ])
  }

  @Test func `independent tasks are undone side by side`() async throws {
    let (gate, log) = (Gate(), RunLog())
    let flow = Flow.linear("all") {
      Flow.unordered("many") {
        for index in 0..<3 {
          FlowTask("t\(index)") {}.reverting { _ in try await log.during { try await gate.pass() } }
        }
      }
      FlowTask("last") { throw Failure("no") }
    }
    async let report = run(flow)
    await gate.waitForArrivals(3)
    gate.open()
    #expect(try await report.state == .reverted)
    #expect(log.peak == 3)
  }

  @Test func `all running events of a batch come before any completion`() async throws {
    let log = RunLog()
    let flow = Flow.unordered("all") { for index in 0..<50 { FlowTask("t\(index)") {} } }
    try await run(flow, log: log)
    let states = log.events.compactMap { event -> AtomState? in
      if case .atomChanged(_, _, let state, _, _) = event.kind { state } else { nil }
    }
    #expect(states.prefix(50).allSatisfy { $0 == .running })
  }

  @Test func `a body that cancels the task that it runs in stops no other`() async throws {
    let flow = Flow.unordered("all") {
      for index in 0..<20 {
        FlowTask("t\(index)") {
          withUnsafeCurrentTask { task in
            if index % 5 == 0 { task?.cancel() }
          }
          #expect(Task.isCancelled == (index % 5 == 0))
        }
      }
    }
    let report = try await run(flow)
    #expect(report.state == .success)
  }

  @Test func `many bodies that wait for each other all come to wait`() async throws {
    let (gate, log) = (Gate(), RunLog())
    async let report = run(gated(1000, gate, log))
    await gate.waitForArrivals(1000)
    gate.open()
    #expect(try await report.state == .success)
    #expect(log.peak == 1000)
  }

  @Test func `what comes of a call is acted on while the calls that waited beside it wait on`()
    async throws
  {
    for round in 0..<100 {
      let gate = Gate()
      let followers = Atomic(0)
      let count = 1 + round % 20
      let flow = Flow.unordered("all") {
        for index in 0..<count {
          Flow.linear("pair\(index)") {
            FlowTask("quick\(index)") {}
            FlowTask("follower\(index)") {
              if followers.add(1, ordering: .relaxed).newValue == count { gate.open() }
            }
          }
          FlowTask("waiter\(index)") { try await gate.pass() }
        }
      }
      let plan = try #require(Compiler().compile(flow).plan)
      // Nobody listens, so several can be told to the machine at once.
      #expect(try await Engine(plan: plan).run().state == .success)
    }
  }

  @Test func `five hundred runs go side by side`() async throws {
    let number = Symbol<Int>("number")
    let square = Symbol<Int>("square")
    let flow = Flow.linear("all", retry: .times("again", attempts: 2)) {
      FlowTask("square", requires: number, provides: square) { $0 * $0 }
      Flow.unordered("more") { for index in 0..<5 { FlowTask("t\(index)") { await Task.yield() } } }
      FlowTask(
        "check", requires: square,
        withContext: { (context: TaskContext, _: Int) in
          if context.attempt == 1 { throw Failure("first") }
        })
    }
    let engine = Engine(plan: try compile(flow, store: ["number"]))
    let gate = Gate()
    let squares = try await withThrowingTaskGroup(of: (Int, Int?).self) { group in
      for index in 0..<500 {
        group.addTask {
          try await gate.pass()
          let report = try await engine.run(inputs: ["number": BoxedValue(index)])
          return (index, try report.value(of: square))
        }
      }
      await gate.waitForArrivals(500)
      gate.open()
      return try await group.reduce(into: [Int: Int?]()) { $0[$1.0] = $1.1 }
    }
    #expect(squares == Dictionary(uniqueKeysWithValues: (0..<500).map { ($0, $0 * $0) }))
  }
}

extension MachineAction {
  /// The atom that it has executed.
  fileprivate var executed: NodeIndex? {
    if case .execute(let node, _) = self { node } else { nil }
  }
}
