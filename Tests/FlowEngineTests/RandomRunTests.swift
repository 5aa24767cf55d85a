import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct RandomRunTests {
  /// The run of a seed's flow, with what was violated.
  private func run(seed: UInt64) throws -> SimulatedRun {
    let random = RandomFlow(seed: seed)
    let plan = try random.plan()
    var numbers = random.random
    var run = SimulatedRun(
      plan: plan, inputs: random.inputs, options: random.options, script: random.script,
      answersControllersAtOnce: numbers.happens(70), isSuspended: numbers.happens(2))
    run.run(random.order, stopPercent: numbers.happens(20) ? 10 : 0, random: &numbers)
    return run
  }

  @Test(arguments: UInt64(0)..<10)
  func `every law of runs holds in 10,000 random flows`(thousand: UInt64) {
    for seed in thousand * 1000..<(thousand + 1) * 1000 {
      do {
        let violations = try run(seed: seed).invariants.violations
        if !violations.isEmpty { Issue.record("seed \(seed): \(violations.prefix(3))") }
      } catch {
        Issue.record(error, "seed \(seed)")
      }
    }
  }

  @Test func `random flows lead to every end and every state`() throws {
    var ends: Set<FlowState> = []
    var states: Set<AtomState> = []
    for seed in UInt64(1)...1000 {
      let run = try run(seed: seed)
      ends.insert(run.machine.flowState)
      states.formUnion(run.machine.states)
    }
    #expect(ends == [.success, .failure, .reverted, .suspended])
    #expect(states == Set(AtomState.allCases).subtracting([.retrying]))
  }

  @Test func `a run of the same seed takes the same choices`() throws {
    for seed in UInt64(1)...50 {
      #expect(try run(seed: seed).choices == run(seed: seed).choices)
    }
  }
}
