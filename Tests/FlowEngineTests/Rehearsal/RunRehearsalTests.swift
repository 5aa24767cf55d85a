import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// What is told of a run beforehand is what it does.
struct RunRehearsalTests {
  /// Some tasks that fail, and a script of a run in which they do.
  private func failures(
    in plan: Plan, _ random: inout SeededGenerator
  ) -> (Set<RunRehearsal.Failing>, RunScript) {
    var failing: Set<RunRehearsal.Failing> = []
    var script = RunScript()
    for task in plan.tasks.map(\.name) {
      switch random.number(0...9) {
      case 0:
        failing.insert(RunRehearsal.Failing(task: task))
        script.executions[task] = [.fail]
      case 1:
        let attempt = random.number(1...2)
        failing.insert(RunRehearsal.Failing(task: task, attempt: attempt))
        script.executions[task] =
          Array(repeating: .succeed, count: attempt - 1) + [.fail, .succeed]
      case 2:
        failing.insert(RunRehearsal.Failing(task: task, isRevert: true))
        script.revertFailures[task] = [true]
      default: break
      }
    }
    return (failing, script)
  }

  @Test func `it makes the calls of a run, in 10,000 random flows`() throws {
    var (count, failed, retried) = (0, 0, 0)
    for seed: UInt64 in 1...10_000 {
      let flow = RandomFlow(seed: seed)
      let plan = try flow.plan()
      // Conditions are taken as true, pauses as over, and filters look at what failures say.
      guard plan.linkDeciders.isEmpty, plan.tasks.allSatisfy({ $0.traits.condition == nil }),
        plan.controllers.allSatisfy({ $0.backoff == nil && $0.filter == nil })
      else { continue }
      var random = flow.random
      let (failing, script) = failures(in: plan, &random)
      let rehearsal = RunRehearsal(
        of: plan, inputs: flow.inputs, failing: failing, options: flow.options)
      var run = SimulatedRun(
        plan: plan, inputs: flow.inputs, options: flow.options, script: script)
      for step in rehearsal.steps where !step.calls.isEmpty {
        #expect(run.calls.map(\.node) == step.calls.map(\.node), "seed \(seed)")
        for call in step.calls where call.fails { run.take(.end(call.node)) }
        for call in step.calls where !call.fails { run.take(.end(call.node)) }
      }
      #expect(run.isOver, "seed \(seed)")
      #expect(rehearsal.machine.flowState == run.machine.flowState, "seed \(seed)")
      #expect(rehearsal.machine.states == run.machine.states, "seed \(seed)")
      #expect(rehearsal.machine.attempts == run.machine.attempts, "seed \(seed)")
      count += 1
      failed += run.machine.flowState == .success ? 0 : 1
      retried += run.machine.statistics.retries > 0 ? 1 : 0
    }
    #expect(count > 2_000 && failed > 500 && retried > 200, "\(count) \(failed) \(retried)")
  }

  private let script = TaskScript()

  private func told(_ flow: Flow, failing: RunRehearsal.Failing...) throws -> [String] {
    let plan = try compile(flow)
    return RunRehearsal(of: plan, failing: Set(failing)).steps.map { step in
      let calls = step.calls.map { call in
        "\(plan.name(of: call.node))\(call.action == .execute ? "+" : "-")\(call.fails ? "!" : "")"
      }
      return (calls + step.decisions.map { "\($0.decision)" }).joined(separator: " ")
    }
  }

  @Test func `what can run side by side is one step`() throws {
    let flow = Flow.linear("all") {
      script.task("a")
      Flow.unordered("both") {
        script.task("b")
        script.task("c")
      }
      script.task("d")
    }
    #expect(try told(flow) == ["a+", "b+ c+", "d+"])
    #expect(
      try told(flow, failing: .init(task: "d")) == ["a+", "b+ c+", "d+!", "d-", "b- c-", "a-"])
  }

  @Test func `a failure of one attempt is followed by the next`() throws {
    let flow = Flow.linear("all", retry: .times("again", attempts: 2)) {
      script.task("a")
      script.task("b")
    }
    #expect(
      try told(flow, failing: .init(task: "b", attempt: 1))
        == ["a+", "b+! retry", "b-", "a-", "a+", "b+"])
  }

  @Test func `a list that nobody knows has one entry, and conditions are true`() throws {
    let hosts = Symbol<[String]>("hosts")
    let host = Symbol<String>("host")
    let flow = Flow.linear("all") {
      script.task("find", provides: hosts)
      Flow.linear("tries", retry: .forEach("each", valuesOf: hosts, provides: host)) {
        script.task("connect", requires: host)
      }
    }
    #expect(try told(flow) == ["find+", "connect+"])
    #expect(try told(flow, failing: .init(task: "connect")).first == "find+")
  }

  @Test func `a list that a task sets whatever it reads is known`() throws {
    let text = """
      tfgraph: 1
      flow: all
      linear:
        - task: make
          set: { hosts: "${{ [1, 2, 3] }}" }
        - flow: go
          retry: { for_each: hosts, provides: host }
          linear:
            - { task: use, requires: [host], run: use }
      """
    let plan = try #require(
      FlowDocument.read(bytes: Array(text.utf8), path: "f").compile()?.plan)
    let rehearsal = RunRehearsal(of: plan, failing: [.init(task: "use", attempt: 1)])
    #expect(rehearsal.machine.flowState == .success)
    #expect(rehearsal.assuming == [])
    let bounds = RunForecast(of: plan).attempts
    #expect(bounds.factors(of: plan.atoms.last ?? 0) == [3])
  }

  @Test func `what a failure keeps from being begun is not begun`() throws {
    let flow = Flow.graph("all", retry: .alwaysRevertAll("never")) {
      script.task("a", provides: Symbol<Int>("x"))
      script.task("b", requires: Symbol<Int>("x"))
      script.task("c")
    }
    #expect(
      try told(flow, failing: .init(task: "c")) == ["a+ c+! revertAll", "c- a-"])
  }

  @Test func `a controller that fails says why`() throws {
    let flow = Flow.linear("all") {
      script.task("a")
      Flow.linear(
        "tries", retry: .forEach("each", values: [String](), provides: Symbol<String>("h"))
      ) {
        script.task("b")
      }
    }
    let steps = RunRehearsal(of: try compile(flow)).steps
    #expect(steps.map(\.calls.count) == [1, 1])
    #expect(steps[0].failures.map(\.message) == ["no values to try; the list is empty"])
    #expect(RunForecast(of: try compile(flow)).criticalPath().tasks.count == 1)
  }

  @Test func `a long run is followed to its end, which is not told call by call`() throws {
    let flow = Flow.linear("all", retry: .times("outer", attempts: 100)) {
      Flow.linear("in", retry: .times("inner", attempts: 100)) {
        script.task("a")
      }
    }
    let rehearsal = RunRehearsal(
      of: try compile(flow), failing: [RunRehearsal.Failing(task: "a")])
    #expect(!rehearsal.isCut && rehearsal.machine.flowState == .reverted)
    let told = rehearsal.steps.reduce(0) { $0 + $1.calls.count }
    #expect(told + rehearsal.untoldCalls == 20_000)
  }

  @Test func `rules that never give up are not followed for ever`() throws {
    struct Stubborn: RetryPolicy {
      func execute(history: History, arguments: Arguments) -> BoxedValue? { nil }
      func onFailure(history: History, arguments: Arguments) -> RetryDecision { .retry }
    }
    let flow = Flow.linear("all", retry: .custom("stubborn", policy: Stubborn())) {
      script.task("a")
    }
    let rehearsal = RunRehearsal(
      of: try compile(flow), failing: [RunRehearsal.Failing(task: "a")])
    #expect(rehearsal.isCut)
  }
}
