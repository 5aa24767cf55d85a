import FlowDiagnostics
import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct ValueRunTests {
  private let name = Symbol<String>("name")
  private let other = Symbol<String>("other")
  private let log = RunLog()
  private let script = TaskScript()

  private func reader(_ task: String = "read") -> FlowTask {
    FlowTask(task, requires: name) { script.log.note($0) }
  }

  @Test func `a value goes from the task that provides it to the one that requires it`()
    async throws
  {
    let flow = Flow.graph("all") {
      reader()
      FlowTask("write", provides: name) { "hello" }
    }
    let report = try await run(flow)
    #expect(script.log.lines == ["hello"])
    #expect(try report.value(of: name) == "hello")
  }

  @Test func `an injected value beats every other source`() async throws {
    let flow = Flow.linear("all") {
      FlowTask("write", provides: name) { "from the task" }
      reader("a")
      reader("b").injecting(name, "its own")
    }
    try await run(flow)
    #expect(script.log.lines == ["from the task", "its own"])
  }

  @Test func `an input hides a task that provides the same`() async throws {
    let flow = Flow.linear("all") {
      FlowTask("write", provides: name) { "from the task" }
      reader()
    }
    try await run(flow, inputs: ["name": BoxedValue("from outside")])
    #expect(script.log.lines == ["from outside"])
  }

  @Test func `a rebound parameter reads another symbol`() async throws {
    let flow = Flow.linear("all") {
      FlowTask("write", provides: other) { "other" }
      reader().rebinding(name, to: other)
    }
    try await run(flow)
    #expect(script.log.lines == ["other"])
  }

  @Test func `an optional argument that nothing gives is nil`() async throws {
    let flow = Flow.linear("all") {
      FlowTask("read", requires: name.optional) { script.log.note($0 ?? "nothing") }
    }
    try await run(flow)
    #expect(script.log.lines == ["nothing"])
  }

  @Test func `several values are provided by one task`() async throws {
    let count = Symbol<Int>("count")
    let flow = Flow.linear("all") {
      FlowTask("write", provides: name, count) { ("n", 3) }
      FlowTask("read", requires: count, name) { script.log.note("\($0) \($1)") }
    }
    try await run(flow)
    #expect(script.log.lines == ["3 n"])
  }

  @Test func `map gives a list in the order of its symbols, reduce folds from the left`()
    async throws
  {
    let numbers = ["a", "b", "c"].map { Symbol<Int>($0) }
    let lengths = Symbol<[String]>("lengths")
    let text = Symbol<Int>("text")
    let flow = Flow.linear("all") {
      FlowTask.map("map", over: numbers, provides: lengths) { "<\($0)>" }
      FlowTask.reduce("reduce", over: numbers, provides: text) { $0 * 10 + $1 }
    }
    let report = try await run(
      flow, inputs: ["a": BoxedValue(1), "b": BoxedValue(2), "c": BoxedValue(3)])
    #expect(try report.value(of: lengths) == ["<1>", "<2>", "<3>"])
    #expect(try report.value(of: text) == 123)
  }

  @Test func `a value of another Swift type is converted`() async throws {
    let flow = Flow.linear("all") {
      FlowTask("read", requires: Symbol<Double>("number")) { script.log.note("\($0)") }
    }
    try await run(flow, inputs: ["number": BoxedValue(FlowValue.int(3))])
    #expect(script.log.lines == ["3.0"])
  }

  @Test func `missing inputs are all named before anything runs`() async throws {
    let plan = try compile(
      .linear("all") {
        script.task("first")
        FlowTask("read", requires: other, name) { _, _ in }
      }, store: ["name", "other"])
    let error = await #expect(throws: MissingInputs.self) { try await Engine(plan: plan).run() }
    #expect(error?.symbols == ["name", "other"])
    #expect(error?.description == "no value for 'name', 'other'; give the flow its inputs")
    #expect(script.log.lines.isEmpty)
  }

  @Test func `a declared default fills in for an input`() async throws {
    var flow = Flow.linear("all") { reader() }
    let span = SourceSpan(file: "test", line: 1, column: 1)
    flow.inputs = [FlowInput(symbol: "name", defaultValue: "by default", span: span)]
    let engine = Engine(plan: try compile(flow))
    _ = try await engine.run()
    _ = try await engine.run(inputs: ["name": BoxedValue("given")])
    #expect(script.log.lines == ["by default", "given"])
  }

  @Test func `what a result lacks is told, and who needs it fails`() async throws {
    let span = SourceSpan(file: "test", line: 1, column: 1)
    let provision = Provision(
      form: .keys, items: ["there", "name"].map { Provision.Item(symbol: $0, span: span) })
    let flow = Flow.linear("all") {
      FlowTask(
        name: "write", provision: provision,
        action: .body { _ in AtomResult(["there": 1], by: provision) }, span: span)
      FlowTask("look", requires: Symbol<String?>("name").optional) {
        script.log.note("\($0 == nil)")
      }
      reader()
    }
    let report = try await run(flow, log: log)
    let lacking = log.events.compactMap { event -> String? in
      if case .resultLacks(_, let symbol) = event.kind { symbol } else { nil }
    }
    #expect(lacking == ["name"])
    #expect(script.log.lines == ["true"])
    #expect(report.state == .reverted)
    #expect(
      report.failures.map(\.failure.message) == [
        "no value for 'name': the result that should provide it lacks it"
      ])
    let failure = log.events.compactMap { event -> Failure? in
      if case .atomChanged(_, _, .failure, _, let failure) = event.kind { failure } else { nil }
    }
    #expect(failure.map(\.message) == report.failures.map(\.failure.message))
  }

  // MARK: Progress

  @Test func `progress is 0 at the start and 1 at a good end`() async throws {
    let flow = Flow.linear("all") {
      FlowTask(
        "a",
        withContext: { (context: TaskContext) in
          context.report(progress: 0.25)
          context.report(progress: 7)
          context.report(progress: .nan)
        })
      FlowTask("b") { throw Failure("no") }
    }
    let report = try await run(flow, log: log)
    #expect(log.progress(of: report.node("a")) == [0, 0.25, 1, 0, 1])
    #expect(log.progress(of: report.node("b")) == [0])
  }

  @Test func `what is told after the end of a body is dropped`() async throws {
    let gate = Gate()
    let late = Gate()
    let flow = Flow.linear("all") {
      FlowTask(
        "a",
        withContext: { (context: TaskContext) in
          Task {
            await gate.passRegardless()
            context.report(progress: 0.5)
            late.open()
          }
        })
    }
    let report = try await run(flow, log: log)
    gate.open()
    try await late.pass()
    #expect(log.progress(of: report.node("a")) == [0, 1])
    guard case .flowChanged(_, .success)? = log.events.last?.kind else {
      Issue.record("something follows the end")
      return
    }
  }

  @Test func `a flood of progress comes in order, and one event at a time`() async throws {
    let flow = Flow.unordered("all") {
      for index in 0..<4 {
        FlowTask(
          "t\(index)",
          withContext: { (context: TaskContext) in
            for step in 1..<1000 { context.report(progress: Double(step) / 1000) }
          })
      }
    }
    let report = try await run(flow, log: log)
    let expected = [0] + (1..<1000).map { Double($0) / 1000 } + [1]
    for atom in report.atoms { #expect(log.progress(of: atom.node) == expected) }
    #expect(log.events.map(\.elapsed) == log.events.map(\.elapsed).sorted())
  }
}
