import FlowEngine
import TaskFlow
import TaskFlowTesting

/// Every way of a run, whose engine dies before and after each step is kept, and another takes it up.
///
/// An engine that dies before a step is kept leaves what one leaves that dies after the step before it was:
/// so each step, and the start, is followed by one crash. Where the run that was taken up is in all that
/// there is of it the one that did not crash, so is all that follows. Only a pause can begin again; all that
/// follows is compared there.
struct CrashCheck {
  private let world: SmallWorld
  private(set) var report = Campaign.Report()

  /// - Parameter crashes: how often an engine dies on one way.
  init(_ world: SmallWorld, crashes: Int) throws {
    self.world = world
    let run = SimulatedRun(
      plan: world.plan, options: world.options, answersControllersAtOnce: false, isStored: true)
    report.cases = 1
    try crashBeforeStart(of: run)
    try crash(run, beside: run, crashes)
    try walk(run, beside: run, crashes)
  }

  /// Goes every way with a run that never crashes, and at its side with one that may have.
  private mutating func walk(
    _ run: SimulatedRun, beside broken: SimulatedRun, _ crashes: Int
  ) throws {
    var known: Set = [run.machine.standing]
    var pending = [(run, broken)]
    while let (run, broken) = pending.popLast() {
      report.states += 1
      for choice in world.choices(of: run) {
        var (next, nextBroken) = (run, broken)
        next.take(choice)
        nextBroken.take(choice)
        report.transitions += 1
        let isNew = known.insert(next.machine.standing).inserted
        // Also where another way has led: what is kept depends on the way.
        try crash(next, beside: nextBroken, isNew ? crashes : 1)
        if isNew { pending.append((next, nextBroken)) }
      }
      if run.isOver { report.ends += 1 }
    }
  }

  /// Has an engine die, and another take up what is kept.
  ///
  /// - Parameter crashes: how many there are in all; the others follow on each way on.
  private mutating func crash(
    _ run: SimulatedRun, beside broken: SimulatedRun, _ crashes: Int
  ) throws {
    let taken = try broken.crashed()
    report.crashes += 1
    for violation in taken.invariants.violations { find("\(violation)", in: taken) }
    guard run.machine.flowState.isUnfinished else {
      if try RunEnd(taken.machine) != RunEnd(run.machine) { find("is told otherwise", in: run) }
      return
    }
    let (outlook, whole) = (try RunOutlook(taken), try RunOutlook(run))
    if outlook == whole {
      if crashes > 1 { try walk(run, beside: taken, crashes - 1) }
    } else if hasPauses, outlook.isAlike(whole) {
      try follow(taken, insteadOf: run, crashes)
    } else {
      find("stands elsewhere, \(outlook.differences(from: whole).joined(separator: "\n"))", in: run)
    }
  }

  /// A pause that was over and had led to nothing yet begins again, so all that follows is compared.
  private mutating func follow(
    _ taken: SimulatedRun, insteadOf run: SimulatedRun, _ crashes: Int
  ) throws {
    report.detours += 1
    if try ends(of: taken) != ends(of: run) { find("does not end alike", in: run) }
    if crashes > 1 { try walk(taken, beside: taken, crashes - 1) }
  }

  private var hasPauses: Bool { world.plan.controllers.contains { $0.backoff != nil } }

  /// An engine that dies when nothing but the run itself is kept leaves one that starts.
  private mutating func crashBeforeStart(of run: SimulatedRun) throws {
    let head = try RunHead(id: "run", plan: world.plan)
    var taken = try run.machine.restored(from: StoredRun(head: head, owner: .current))
    _ = taken.resume()
    report.crashes += 1
    if taken.standing != run.machine.standing { find("does not start", in: run) }
  }

  /// The ends of all ways on.
  private mutating func ends(of run: SimulatedRun) throws -> Set<RunEnd> {
    var found: Set<RunEnd> = []
    var known: Set = [try RunOutlook(run)]
    var pending = [run]
    while let run = pending.popLast() {
      for violation in run.invariants.violations { find("\(violation)", in: run) }
      if run.isOver { found.insert(try RunEnd(run.machine)) }
      for choice in world.choices(of: run) {
        var next = run
        next.take(choice)
        if known.insert(try RunOutlook(next)).inserted { pending.append(next) }
      }
    }
    return found
  }

  private mutating func find(_ problem: String, in run: SimulatedRun) {
    guard report.findings.count < 5 else { return }
    report.findings.append("after \(run.choices): \(problem)")
  }
}

extension SmallWorld {
  /// What can happen next in a run, in declaration order.
  fileprivate func choices(of run: SimulatedRun) -> [SimulatedRun.Choice] {
    let calls = run.calls.map(\.node).sorted().flatMap { outcomes(of: $0) }
    return calls.map { $0.fails ? .fail($0.node) : .end($0.node) }
      + run.pauses.sorted().map { .endPause($0) }
  }
}
