import FlowEngine
import FlowGraph
import TaskFlow
import TaskFlowTesting
import Testing

/// A plan is what the run does.
struct RunForecastTests {
  @Test func `it is what a run does in which all succeeds, in 10,000 random flows`() throws {
    var (skipping, failing) = (0, 0)
    for seed: UInt64 in 1...10_000 {
      // Links are taken to lead on, and pauses as over.
      let flow = RandomFlow(seed: seed, isForeseeable: true)
      let plan = try flow.plan()
      let forecast = RunForecast(of: plan, inputs: flow.inputs, options: flow.options)
      var random = flow.random
      var run = SimulatedRun(plan: plan, inputs: flow.inputs, options: flow.options)
      run.run(.first, random: &random)
      let ended = run.choices.compactMap { choice in
        if case .end(let node) = choice { node } else { nil }
      }
      let machine = forecast.rehearsal.machine
      #expect(forecast.rehearsal.steps.flatMap(\.calls).map(\.node) == ended, "seed \(seed)")
      #expect(machine.flowState == run.machine.flowState, "seed \(seed)")
      #expect(machine.states == run.machine.states, "seed \(seed)")
      #expect(machine.attempts == run.machine.attempts, "seed \(seed)")
      skipping += forecast.skipped.isEmpty ? 0 : 1
      failing += machine.flowState == .success ? 0 : 1
    }
    #expect(skipping > 1_000 && failing > 1_000, "\(skipping) \(failing)")
  }

  @Test func `its tiers are those of the plan, in 1,000 random flows without a limit`() throws {
    var count = 0
    for seed: UInt64 in 1...1_000 {
      let flow = RandomFlow(seed: seed, isLimited: false)
      let plan = try flow.plan()
      let forecast = RunForecast(of: plan, inputs: flow.inputs)
      guard forecast.skipped.isEmpty, forecast.rehearsal.machine.flowState == .success,
        let tiers = plan.tiers
      else { continue }
      let members = (0..<tiers.count).map { Array(tiers.members[$0]) }
      #expect(forecast.tiers == members, "seed \(seed)")
      count += 1
    }
    #expect(count > 300, "\(count)")
  }

  private let script = TaskScript()

  private func flow(when requirement: Requirement, inputs: [FlowInput]) -> Flow {
    var flow = Flow.linear("all") {
      script.task("a", provides: Symbol<Bool>("made"))
      script.task("b").changing { traits in
        traits.condition = Condition(
          requirements: [requirement], depth: .atom, summary: "wanted", span: requirement.span
        ) { try $0.value(of: Symbol<Bool>(requirement.symbol)) }
      }
      script.task("c")
    }
    flow.inputs = inputs
    return flow
  }

  @Test func `a condition on inputs is asked, by their values or defaults`() throws {
    let wanted = Symbol<Bool>("wanted")
    let span = script.task("x").span
    for (given, standard, answer, tiers) in [
      (true, nil, RunForecast.Answer.yes, 3), (false, true, .no, 2), (nil, false, .no, 2),
      (nil, true, .yes, 3), (nil, nil, .open([]), 3),
    ] as [(Bool?, Bool?, RunForecast.Answer, Int)] {
      let input = FlowInput(wanted, defaultValue: standard.map { .bool($0) })
      let plan = try compile(
        flow(when: Requirement(symbol: "wanted", span: span), inputs: [input]))
      let inputs = given.map { ["wanted": BoxedValue($0)] } ?? [:]
      let forecast = RunForecast(of: plan, inputs: inputs)
      #expect(forecast.conditions.map(\.answer) == [answer])
      #expect(forecast.tiers.count == tiers)
    }
  }

  @Test func `a condition on a result is open, and taken as true`() throws {
    let span = script.task("x").span
    let plan = try compile(flow(when: Requirement(symbol: "made", span: span), inputs: []))
    let forecast = RunForecast(of: plan)
    #expect(forecast.conditions.map(\.node) == [2])
    #expect(forecast.conditions.map(\.answer) == [.open([1])])
    #expect(forecast.tiers == [[1], [2], [3]])
  }

  @Test(arguments: [
    ("loud && code == 2", false, RunForecast.Answer.no), ("loud && code == 2", true, .open([1])),
    ("loud || code == 2", true, .yes), ("loud || code == 2", false, .open([1])),
    // A default would be taken for a value that is only not known yet.
    ("loud && default(code, 0) == 2", true, .open([1])),
  ])
  func `a condition that is decided without what is not known is answered`(
    condition: String, loud: Bool, answer: RunForecast.Answer
  ) throws {
    let text = """
      tfgraph: 1
      flow: all
      inputs: { loud: { type: bool } }
      linear:
        - { task: probe, run: probe, provides: { code: exit } }
        - { task: tell, when: '\(condition)', skip: atom, run: tell }
      """
    let plan = try #require(
      FlowDocument.read(bytes: Array(text.utf8), path: "f").compile()?.plan)
    let forecast = RunForecast(of: plan, inputs: ["loud": BoxedValue(loud)])
    #expect(forecast.conditions.map(\.answer) == [answer])
    #expect(forecast.tiers.count == (answer == .no ? 1 : 2))
  }

  @Test func `the bound of attempts is the product of those around a task`() throws {
    let hosts = Symbol<[String]>("hosts")
    let host = Symbol<String>("host")
    var flow = Flow.linear("all", retry: .times("outer", attempts: 3)) {
      script.task("a")
      Flow.linear("tries", retry: .forEach("each", valuesOf: hosts, provides: host)) {
        script.task("b", requires: host)
      }
    }
    flow.inputs = [FlowInput(hosts)]
    let plan = try compile(flow)
    let nodes = plan.atoms.filter { plan.nodes[Int($0)].isTask }
    let unknown = RunForecast(of: plan).attempts
    #expect(nodes.map(unknown.most(of:)) == [3, nil])
    #expect(unknown.total(of: nodes) == nil)
    let known = RunForecast(of: plan, inputs: ["hosts": BoxedValue(["x", "y"])]).attempts
    #expect(nodes.map(known.most(of:)) == [3, 6])
    #expect(known.factors(of: nodes[1]) == [3, 2])
    #expect(known.total(of: nodes) == 9)
  }

  @Test func `the critical path is the longest by the times of past runs`() throws {
    let flow = Flow.linear("all") {
      script.task("a")
      Flow.unordered("both") {
        script.task("b")
        script.task("c")
      }
      script.task("d")
    }
    let plan = try compile(flow)
    func path(_ durations: [String: Duration]) -> [String] {
      RunForecast(of: plan).criticalPath(durations: durations).tasks.map { plan.name(of: $0.node) }
    }
    #expect(path([:]) == ["a", "b", "d"])
    #expect(path(["c": .seconds(2), "b": .seconds(1)]) == ["a", "c", "d"])
    let known = RunForecast(of: plan).criticalPath(
      durations: ["a": .seconds(1), "c": .seconds(2)])
    #expect(known.duration == .seconds(3))
    #expect(known.tasks.map(\.duration) == [.seconds(1), .seconds(2), nil])
  }

  @Test func `how long a task takes is the median of its attempts that succeeded`() throws {
    let plan = try compile(Flow.linear("all") { script.task("a") })
    func call(_ time: Int64, _ action: TaskContext.Action = .execute, fails: Bool = false)
      -> StoredCall
    {
      StoredCall(
        atom: "a", action: action, attempt: 1, began: 100, ended: 100 + time,
        failure: fails ? Failure("no") : nil)
    }
    let head = try RunHead(id: "1", plan: plan)
    let open = StoredCall(atom: "a", action: .execute, attempt: 1, began: 0)
    let runs = [
      [call(10), call(1000, fails: true), call(5000, .revert)], [call(30), open], [call(20)],
    ].map { StoredRun(head: head, owner: .current, calls: $0) }
    #expect(TaskDurations(of: runs).medians == ["a": .microseconds(20)])
    #expect(TaskDurations(of: Array(runs.prefix(2))).medians == ["a": .microseconds(20)])
    #expect(TaskDurations(of: []).medians.isEmpty)
  }

  @Test func `only runs of the same flow count`() throws {
    let store = MemoryRunStore()
    for (id, name, time) in [("1", "all", 10), ("2", "other", 50)] as [(String, String, Int64)] {
      let plan = try compile(Flow.linear(name) { script.task("a") })
      let lease = try store.make(try RunHead(id: id, plan: plan), owner: .current)
      var changes = RunChanges()
      changes.calls = [
        StoredCall(atom: "a", action: .execute, attempt: 1, began: 0, ended: time)
      ]
      try store.save(changes, as: lease)
    }
    let durations = try TaskDurations(ofFlow: "all", in: store)
    #expect(durations.medians == ["a": .microseconds(10)])
    #expect(durations.runCount == 1)
  }
}
