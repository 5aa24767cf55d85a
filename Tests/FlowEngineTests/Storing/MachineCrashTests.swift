import EngineCampaign
import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// A machine whose engine dies goes on from what is stored as if nothing had happened.
struct MachineCrashTests {
  private struct Pending: Hashable {
    var node: NodeIndex
    var action: TaskContext.Action
    var attempt: Int
  }

  private func pending(_ run: SimulatedRun) -> Set<Pending> {
    Set(run.calls.map { Pending(node: $0.node, action: $0.action, attempt: $0.call.attempt) })
  }

  /// The run of a seed's flow, looked at after each step.
  private func run(seed: UInt64, look: (SimulatedRun) throws -> Void) throws -> SimulatedRun {
    // Where there is no room, what was ready first need not be after a crash.
    let random = RandomFlow(seed: seed, isLimited: false)
    var numbers = random.random
    var run = SimulatedRun(
      plan: try random.plan(), inputs: random.inputs, options: random.options,
      script: random.script,
      isStored: true)
    try look(run)
    while !run.isOver {
      let ends =
        run.calls.map { SimulatedRun.Choice.end($0.node) }
        + run.pauses.map { SimulatedRun.Choice.endPause($0) }
      run.take(ends[numbers.number(0...ends.count - 1)])
      try look(run)
    }
    return run
  }

  @Test(arguments: UInt64(0)..<4)
  func `after a crash at any step of 4,000 random flows the run stands where it stood`(
    thousand: UInt64
  ) throws {
    for seed in thousand * 1000..<(thousand + 1) * 1000 {
      _ = try run(seed: seed) { run in
        let crashed = try run.crashed()
        if run.machine.flowState.isFinal {
          #expect(try RunEnd(crashed.machine) == RunEnd(run.machine), "seed \(seed)")
        } else if run.machine.isHalted {
          // A pause that nothing comes of is not begun again.
          #expect(crashed.machine.states == run.machine.states, "seed \(seed)")
          #expect(pending(crashed) == pending(run), "seed \(seed)")
        } else {
          let differences = try RunOutlook(crashed).differences(from: RunOutlook(run))
          #expect(differences == [], "seed \(seed)")
        }
        #expect(crashed.machine.attempts == run.machine.attempts, "seed \(seed)")
      }
    }
  }

  @Test func `a run that crashes at each step ends as one that does not`() throws {
    for seed in UInt64(1)...500 {
      let random = RandomFlow(seed: seed)
      func start() throws -> SimulatedRun {
        SimulatedRun(
          plan: try random.plan(), inputs: random.inputs, options: random.options,
          script: random.script, isStored: true)
      }
      func next(_ run: SimulatedRun) -> SimulatedRun.Choice? {
        (run.calls.map(\.node).min().map { .end($0) }) ?? run.pauses.min().map { .endPause($0) }
      }
      var (whole, broken) = (try start(), try start())
      while let choice = next(whole) { whole.take(choice) }
      while let choice = next(broken) {
        broken.take(choice)
        broken = try broken.crashed()
      }
      #expect(broken.machine.flowState == whole.machine.flowState, "seed \(seed)")
      #expect(broken.machine.states == whole.machine.states, "seed \(seed)")
      #expect(broken.machine.attempts == whole.machine.attempts, "seed \(seed)")
      for failures in [\RunMachine.failures, \.recoveredFailures, \.revertFailures] {
        #expect(
          broken.machine[keyPath: failures].map(\.failure)
            == whole.machine[keyPath: failures].map(\.failure), "seed \(seed)")
      }
      #expect(broken.invariants.violations.map(\.description).prefix(3) == [], "seed \(seed)")
    }
  }
}
