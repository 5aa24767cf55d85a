package import FlowEngine
import TaskFlow
package import TaskFlowTesting

/// All of a run that a crash could change: how it stands, what is kept and told of it, and what it waits for.
package struct RunOutlook: Hashable {
  /// What a call is given, but for the failures of the flow: one that is made again is told those as well
  /// that came while it was under way at first.
  struct Call: Hashable {
    var node: NodeIndex
    var action: TaskContext.Action
    var attempt: Int
    var arguments: [String: FlowValue]
    var result: StoredResult?
    var failure: Failure?
    var history: StoredHistory?
  }

  /// A failure as it is told.
  struct Told: Hashable {
    var node: NodeIndex
    var failure: Failure
  }

  private var standing: [UInt8]
  private var keptStanding: RunStanding
  private var atoms: [String: StoredAtom]
  /// The atoms as the machine has them, whatever is kept.
  private var held: [StoredAtom]
  private var keptFailures: [StoredFailure]
  private var failures: [[Told]]
  private var calls: [Call]
  private var pauses: [NodeIndex]

  /// - Throws: `StoreFailure` when the run is not stored.
  package init(_ run: SimulatedRun) throws {
    guard let stored = run.stored else { throw StoreFailure.unknown("run") }
    let machine = run.machine
    standing = machine.keptStanding
    keptStanding = stored.standing
    atoms = stored.atoms
    held = try machine.plan.atoms.map { try machine.storedAtom($0) }
    keptFailures = stored.failures
    failures = [machine.failures, machine.recoveredFailures, machine.revertFailures].map { list in
      list.map { Told(node: $0.node, failure: $0.failure) }
    }
    calls = try run.calls.sorted { $0.node < $1.node }.map { try Self.call($0, in: machine.plan) }
    pauses = run.pauses.sorted()
  }

  /// Whether nothing else is different than who waits for what.
  package func isAlike(_ other: RunOutlook) -> Bool {
    var twin = other
    (twin.standing, twin.pauses) = (standing, pauses)
    return self == twin
  }

  private static func call(_ pending: SimulatedRun.PendingCall, in plan: Plan) throws -> Call {
    let call = pending.call
    var known = Call(
      node: pending.node, action: pending.action, attempt: call.attempt,
      arguments: try call.arguments(of: pending.node, in: plan).flowValues(),
      history: try call.history.map { try StoredHistory($0) })
    switch call.outcome {
    case .success(let result): known.result = try StoredResult(result)
    case .failure(let failure): known.failure = failure
    case .interrupted: break
    }
    return known
  }

  /// What is not as it is in another one; empty when nothing is.
  package func differences(from other: RunOutlook) -> [String] {
    guard self != other else { return [] }
    var found: [String] = []
    func compare<Part: Equatable>(_ part: KeyPath<RunOutlook, Part>, _ name: String) {
      let (mine, theirs) = (self[keyPath: part], other[keyPath: part])
      if mine != theirs { found.append("\(name): \(mine), not \(theirs)") }
    }
    compare(\.standing, "standing")
    compare(\.keptStanding, "kept standing")
    compare(\.atoms, "kept atoms")
    compare(\.held, "atoms")
    compare(\.keptFailures, "kept failures")
    compare(\.failures, "failures")
    compare(\.calls, "calls")
    compare(\.pauses, "pauses")
    return found
  }
}

/// What a run that is over has come to, as its report tells it.
package struct RunEnd: Hashable {
  private var state: FlowState
  private var atoms: [String]
  private var failures: [[String]]
  private var values: [String: FlowValue]
  private var statistics: RunStatistics
  private var error: String?

  package init(_ machine: RunMachine) throws {
    let report = RunReport(of: machine, duration: .zero)
    state = report.state
    atoms = report.atoms.map {
      "\($0.name) \($0.state) \($0.intention) \($0.attempts) \($0.progress)"
    }
    failures = [report.failures, report.recoveredFailures, report.revertFailures].map { list in
      list.map { "\($0.atom): \($0.failure)" }
    }
    values = try report.values.mapValues { try $0.flowValue() }
    statistics = report.statistics
    do throws(RunFailure) {
      try report.throwFailures()
    } catch {
      self.error = error.description
    }
  }
}
