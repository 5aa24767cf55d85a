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

  @Test(arguments: UInt64(0)..<2)
  func `every law holds in 2,000 random flows that are stopped and taken up again and again`(
    thousand: UInt64
  ) throws {
    for seed in thousand * 1000..<(thousand + 1) * 1000 {
      let random = RandomFlow(seed: seed)
      var numbers = random.random
      var run = SimulatedRun(
        plan: try random.plan(), inputs: random.inputs, options: random.options,
        script: random.script)
      run.run(random.order, stopPercent: 20, random: &numbers)
      var times = 0
      while run.machine.flowState == .suspended, times < 1000 {
        run.takeUp()
        run.run(random.order, stopPercent: times < 5 ? 20 : 0, random: &numbers)
        times += 1
      }
      #expect(run.machine.flowState != .suspended, "seed \(seed)")
      #expect(run.invariants.violations.map(\.description).prefix(3) == [], "seed \(seed)")
    }
  }

  @Test func `a run that is stopped after each call ends as one that is not`() throws {
    for seed in UInt64(1)...1000 {
      let random = RandomFlow(seed: seed)
      var options = random.options
      options.concurrencyLimit = 1
      let plan = try random.plan()
      // A pause that is given up by a stop begins anew, so a run that is always stopped never leaves it.
      guard plan.controllers.allSatisfy({ $0.backoff == nil }) else { continue }
      func start() -> SimulatedRun {
        SimulatedRun(plan: plan, inputs: random.inputs, options: options, script: random.script)
      }
      var (whole, parted, numbers) = (start(), start(), random.random)
      whole.run(.first, random: &numbers)
      var times = 0
      while parted.machine.flowState == .running || parted.machine.flowState == .suspended,
        times < 10_000
      {
        if parted.isOver { parted.takeUp() }
        parted.take(.suspend)
        parted.run(.first, random: &numbers)
        times += 1
      }
      #expect(parted.machine.flowState == whole.machine.flowState, "seed \(seed)")
      #expect(parted.machine.states == whole.machine.states, "seed \(seed)")
      #expect(parted.machine.attempts == whole.machine.attempts, "seed \(seed)")
      #expect(parted.machine.failures.map(\.node) == whole.machine.failures.map(\.node))
      #expect(parted.invariants.violations.map(\.description).prefix(3) == [], "seed \(seed)")
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
