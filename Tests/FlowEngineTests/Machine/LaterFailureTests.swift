import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// Failures that come when an earlier one is resolved already (semantics 6.7).
struct LaterFailureTests {
  /// Decides by how many failures the attempt has so far.
  private struct Policy: RetryPolicy {
    var decisions: [RetryDecision]

    func execute(history: History, arguments: Arguments) -> BoxedValue? { nil }

    func onFailure(history: History, arguments: Arguments) -> RetryDecision {
      decisions[(history.entries.last?.failures.count ?? 1) - 1]
    }
  }

  /// A run of a and b side by side, which both fail in their first attempts, in that order.
  private func run(_ decisions: RetryDecision...) throws -> SimulatedRun {
    let policy = Policy(decisions: decisions)
    let plan = try compile(
      .linear("all") {
        FlowTask("before") {}
        Flow.unordered("both", retry: .custom("controller", policy: policy)) {
          FlowTask("a") {}
          FlowTask("b") {}
        }
      })
    var script = RunScript()
    script.executions = ["a": [.fail, .succeed], "b": [.fail, .succeed]]
    var run = SimulatedRun(plan: plan, script: script)
    var random = SeededGenerator(seed: 1)
    run.run(.first, random: &random)
    #expect(run.invariants.violations.isEmpty, "\(run.invariants.violations)")
    return run
  }

  private func attempts(_ run: SimulatedRun, of name: String) -> Int32? {
    run.machine.plan.atoms.first { run.machine.plan.name(of: $0) == name }
      .map { run.machine.attempts[Int($0)] }
  }

  private func state(_ run: SimulatedRun, of name: String) -> AtomState? {
    run.machine.plan.atoms.first { run.machine.plan.name(of: $0) == name }
      .map { run.machine.states[Int($0)] }
  }

  @Test func `two retries of one attempt are one`() throws {
    let run = try run(.retry, .retry)
    #expect(run.machine.flowState == .success)
    #expect(attempts(run, of: "controller") == 2)
    #expect(run.machine.recoveredFailures.count == 2)
  }

  @Test func `a later revert replaces a retry`() throws {
    let run = try run(.retry, .revert)
    #expect(run.machine.flowState == .reverted)
    #expect(attempts(run, of: "controller") == 1)
    #expect(state(run, of: "controller") == .reverted)
    #expect(state(run, of: "before") == .success)
  }

  @Test func `a later retry does not undo a revert`() throws {
    let run = try run(.revert, .retry)
    #expect(run.machine.flowState == .reverted)
    #expect(attempts(run, of: "controller") == 1)
    #expect(state(run, of: "before") == .success)
  }

  @Test func `a later revert of everything replaces both`() throws {
    for first in [RetryDecision.retry, .revert] {
      let run = try run(first, .revertAll)
      #expect(run.machine.flowState == .reverted)
      #expect(state(run, of: "before") == .reverted)
    }
  }

  @Test func `a task that ends well while everything is undone is undone as well`() throws {
    let plan = try compile(
      .unordered("all") {
        FlowTask("a") {}
        FlowTask("b") {}
      })
    var script = RunScript()
    script.executions = ["a": [.fail]]
    var run = SimulatedRun(plan: plan, script: script)
    for choice in [1, 1, 2, 2] as [NodeIndex] { run.take(.end(choice)) }
    #expect(run.isOver)
    #expect(run.machine.flowState == .reverted)
    #expect(state(run, of: "b") == .reverted)
    #expect(run.invariants.violations.isEmpty)
  }

  @Test func `an interrupted atom leaves the run suspended, even when a revert has failed`() throws
  {
    let plan = try compile(
      .unordered("all") {
        FlowTask("a") {}
        FlowTask("b") {}
      })
    var script = RunScript()
    script.executions = ["a": [.fail]]
    script.revertFailures = ["a": [true]]
    var run = SimulatedRun(plan: plan, script: script)
    run.take(.end(1))
    run.take(.end(1))
    run.take(.interrupt(2))
    #expect(run.machine.isDirty)
    #expect(run.machine.flowState == .suspended)
    #expect(state(run, of: "b") == .running)
    #expect(run.invariants.violations.isEmpty, "\(run.invariants.violations)")
  }
}
