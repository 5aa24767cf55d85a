import FlowDiagnostics
import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

@testable import FlowLint

/// What is said of failures is what the engine does with them.
struct LaterFailuresTests {
  @Test func `a task is endangered exactly if a run can undo it, in 1,000 random flows`() throws {
    var (endangered, safe) = (0, 0)
    for seed: UInt64 in 1...1_000 {
      let document = RandomDocument(seed: seed, .init(retries: 50))
      let plan = try #require(document.plan, "seed \(seed)\n\(document.text)")
      var failures = LaterFailures(of: plan, UndoReach(of: plan))
      let undone = undoneTasks(in: plan)
      for task in plan.atoms where plan.nodes[Int(task)].isTask {
        let witness = failures.witness(against: task)
        #expect(
          (witness != nil) == undone.contains(task),
          "seed \(seed): \(plan.name(of: task))\n\(document.text)")
        if witness == nil { safe += 1 } else { endangered += 1 }
      }
    }
    #expect(endangered > 2_000 && safe > 200, "\(endangered) \(safe)")
  }

  /// The tasks that are undone in some run in which another one fails as late as it can.
  private func undoneTasks(in plan: Plan) -> Set<NodeIndex> {
    var undone: Set<NodeIndex> = []
    for task in plan.atoms where plan.task(at: task)?.mayFail == true {
      undone.formUnion(LateFailure(of: task, in: plan).undone)
    }
    return undone
  }

  @Test func `a retry is partial exactly if a run leaves something done, in 1,000 random flows`()
    throws
  {
    let rule = try #require(LintRule.all.first { $0.name == "partial-revert" })
    var (partial, whole) = (0, 0)
    for seed: UInt64 in 1...1_000 {
      let document = RandomDocument(seed: seed, .init(retries: 40))
      let reading = FlowDocument.read(bytes: Array(document.text.utf8), path: "random")
      let plan = try #require(reading.compile()?.plan)
      let found = Linter(rules: [rule]).lint(reading).findings.filter { $0.rule == rule.name }
      let lines = Set(found.map(\.span.line))
      for flow in plan.flows {
        guard let retry = flow.retry else { continue }
        let isReported = lines.contains(plan.span(of: retry).line)
        let leaves = leavesSomethingDone(flow, in: plan)
        #expect(isReported == leaves, "seed \(seed): \(flow.name)\n\(document.text)")
        if leaves { partial += 1 } else { whole += 1 }
      }
    }
    #expect(partial > 50 && whole > 100, "\(partial) \(whole)")
  }

  /// Whether a failure that the retry of a flow is asked about first leaves a task outside of the flow done that
  /// could be undone.
  private func leavesSomethingDone(_ flow: PlanFlow, in plan: Plan) -> Bool {
    flow.nodes.contains { node in
      guard plan.task(at: node)?.mayFail == true, plan.nodes[Int(node)].controller == flow.retry
      else { return false }
      let failure = LateFailure(of: node, in: plan)
      guard failure.machine.flowState != .success else { return false }
      return plan.atoms.contains { other in
        plan.task(at: other)?.hasRevert == true && !flow.nodes.contains(other)
          && failure.machine.states[Int(other)] == .success
      }
    }
  }
}

/// A run in which a task fails in each attempt, each time when nothing else is left to end.
struct LateFailure {
  /// The tasks that were done and then undone.
  private(set) var undone: Set<NodeIndex> = []
  /// The run as it ended.
  private(set) var machine: RunMachine

  init(of task: NodeIndex, in plan: Plan) {
    var run = SimulatedRun(plan: plan)
    while !run.isOver {
      let before = run.machine.states
      let others = run.calls.filter { !($0.node == task && $0.action == .execute) }
      if let pause = run.pauses.first {
        run.take(.endPause(pause))
      } else if let other = others.first {
        run.take(.end(other.node))
      } else {
        run.take(.fail(task))
      }
      for node in plan.nodes.indices
      where node != Int(task) && before[node] == .success
        && [.reverting, .reverted].contains(run.machine.states[node])
      {
        undone.insert(NodeIndex(node))
      }
    }
    machine = run.machine
  }
}
