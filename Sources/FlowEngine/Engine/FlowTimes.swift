import TaskFlow

/// What is left of the time of a flow for a task in it.
///
/// A class, because few calls have one and all have room for it.
final class FlowLimit: Sendable {
  /// The flow's name.
  let flow: String
  /// How long the flow may take.
  let timeout: Duration
  /// What is left of that.
  let remaining: Duration

  init(flow: String, timeout: Duration, remaining: Duration) {
    self.flow = flow
    self.timeout = timeout
    self.remaining = remaining
  }
}

/// Keeps the times of the flows that have a timeout.
///
/// A flow's time starts with its first atom and covers all attempts of its own controller, with their
/// pauses. It starts anew when a controller around the flow begins another attempt.
struct FlowTimes {
  private struct Period {
    /// How many attempts the controllers around the flow have made.
    var attempts: Int
    var end: Duration
  }

  private var periods: [Int32: Period] = [:]

  /// The shortest time that is left for an atom which starts now; `nil` when no flow around it is limited.
  ///
  /// Complexity: linear in the depth of the atom, constant when no flow around it is limited.
  mutating func limit(
    for node: NodeIndex, in machine: RunMachine, now: Duration
  ) -> FlowLimit? {
    let plan = machine.plan
    let own = plan.nodes[Int(node)].flow
    guard machine.tables.isTimed(own) else { return nil }
    func attempts(of flow: PlanFlow) -> Int {
      flow.retry.map { Int(machine.attempts[Int($0)]) } ?? 0
    }
    var outerAttempts = 0
    plan.forEachFlow(from: own) { outerAttempts += attempts(of: $1) }
    var tightest: FlowLimit?
    plan.forEachFlow(from: own) { index, flow in
      outerAttempts -= attempts(of: flow)
      guard let timeout = flow.timeout else { return }
      var period = Period(attempts: outerAttempts, end: now + timeout)
      if let known = periods[index], known.attempts == outerAttempts { period = known }
      periods[index] = period
      let remaining = max(.zero, period.end - now)
      if tightest.map({ remaining < $0.remaining }) ?? true {
        tightest = FlowLimit(flow: flow.name, timeout: timeout, remaining: remaining)
      }
    }
    return tightest
  }
}

extension Plan {
  /// Visits a flow and those around it, from inside out.
  fileprivate func forEachFlow(from flow: Int32, _ visit: (Int32, PlanFlow) -> Void) {
    var next: Int32? = flow
    while let index = next {
      visit(index, flows[Int(index)])
      next = flows[Int(index)].parent
    }
  }
}
