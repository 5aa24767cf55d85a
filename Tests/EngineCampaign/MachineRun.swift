import FlowEngine
import TaskFlow
import TaskFlowTesting

/// A run of the machine that is followed in every way; its laws are checked at every step.
struct MachineRun: ExploredRun {
  private let world: SmallWorld
  private var run: SimulatedRun

  init(_ world: SmallWorld) {
    self.world = world
    run = SimulatedRun(plan: world.plan, options: world.options, answersControllersAtOnce: false)
  }

  /// What the laws remember of a run follows from this as long as they hold, so that merged runs
  /// are judged alike.
  var key: [UInt8] { run.machine.standing }

  var picture: RunPicture {
    let machine = run.machine
    let failed = machine.failures.map(\.node)
    return RunPicture(world.plan.atoms, flow: machine.flowState) { atom in
      let history = machine.history(of: atom)
      let filed = history?.entries.last?.failures ?? []
      return RunPicture.Atom(
        state: machine.states[Int(atom)], intention: machine.intentions[Int(atom)],
        hasFailed: failed.contains(atom), attempts: history?.count ?? 0,
        filed: filed.compactMap { world.positions[$0.atom] })
    }
  }

  var choices: [RunChoice] {
    run.calls.map(\.node).sorted().flatMap { world.outcomes(of: $0) }
  }

  var attempts: [Int32] { run.machine.attempts }

  var violations: [String] { run.invariants.violations.map(\.description) }

  mutating func take(_ choice: RunChoice) {
    run.take(choice.fails ? .fail(choice.node) : .end(choice.node))
  }
}
