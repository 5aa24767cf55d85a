import FlowDiagnostics
import FlowEngine
import TaskFlow

/// Many small worlds, each followed in every way by the machine and by the reference.
struct Campaign: Sendable {
  /// A flow with rules.
  struct Case: Sendable {
    var flow: SmallFlow
    var options: RunOptions
    var controllersFail = false
    var controllersPause = false
  }

  /// What a campaign went through, and what it found.
  struct Report: Sendable {
    var cases = 0
    var states = 0
    var transitions = 0
    var ends = 0
    /// How often an engine died.
    var crashes = 0
    /// How often the run that was taken up was not at once where the other was.
    var detours = 0
    var findings: [String] = []

    static func += (left: inout Report, right: Report) {
      left.cases += right.cases
      left.states += right.states
      left.transitions += right.transitions
      left.ends += right.ends
      left.crashes += right.crashes
      left.detours += right.detours
      left.findings += right.findings
    }
  }

  /// Goes through all cases, on two cores.
  static func run(
    _ cases: [Case], _ follow: @escaping @Sendable (Case) -> Report = Campaign.follow
  ) async -> Report {
    await withTaskGroup(of: Report.self) { group in
      let size = max(1, min(64, cases.count / 4))
      for start in stride(from: 0, to: cases.count, by: size) {
        group.addTask {
          var report = Report()
          for one in cases[start..<min(start + size, cases.count)] { report += follow(one) }
          return report
        }
      }
      var total = Report()
      for await report in group { total += report }
      return total
    }
  }

  /// Follows a case in every way, with a crash at each step; after each with another one, when there are at
  /// most two tasks.
  static func followCrashes(_ one: Case) -> Report {
    do {
      let world = SmallWorld(
        plan: try one.flow.plan(pausing: one.controllersPause), options: one.options,
        controllersFail: one.controllersFail)
      let tasks = world.plan.nodes.count { $0.isTask }
      var report = try CrashCheck(world, crashes: tasks > 2 ? 1 : 2).report
      report.findings = report.findings.map { "\(one): \($0)" }
      return report
    } catch {
      return Report(cases: 1, findings: ["\(one): \(error)"])
    }
  }

  /// Follows a case in every way.
  static func follow(_ one: Case) -> Report {
    var report = Report()
    report.cases = 1
    do {
      let world = SmallWorld(
        plan: try one.flow.plan(), options: one.options,
        controllersFail: one.controllersFail)
      let machine = Exploration(of: MachineRun(world))
      let reference = Exploration(of: ReferenceRun(world))
      report.states = machine.pictures.count
      report.transitions = machine.stepCount
      report.ends = machine.ends.count
      let problems = machine.violations + [machine.difference(from: reference)].compactMap { $0 }
      if let problem = problems.first {
        report.findings = ["\(one): \(problem)"]
      }
    } catch {
      report.findings = ["\(one): \(error)"]
    }
    return report
  }
}

extension Campaign.Case: CustomStringConvertible {
  var description: String {
    "\(flow)\(controllersFail ? ", failing" : "")\(controllersPause ? ", pausing" : ""), \(options)"
  }
}

extension Campaign {
  /// The rules that make a difference: with and without deferred reverts where a controller is, and both
  /// answers to a failed revert.
  static func cases(_ flows: [SmallFlow], controllersFail: Bool = false) -> [Case] {
    flows.flatMap { flow in
      (flow.hasController ? [false, true] : [false]).flatMap { defers in
        [RevertFailurePolicy.continueIndependent, .halt].map { policy in
          Case(
            flow: flow, options: RunOptions(defersReverts: defers, revertFailure: policy),
            controllersFail: controllersFail && flow.hasController)
        }
      }
    }
  }

  /// The same cases with each of some limits.
  static func limited(_ cases: [Case], to limits: [Int?]) -> [Case] {
    cases.flatMap { one in
      limits.map { limit in
        var one = one
        one.options.concurrencyLimit = limit
        return one
      }
    }
  }

  /// The same cases with something changed.
  static func changed(_ cases: [Case], _ change: (inout Case) -> Void) -> [Case] {
    cases.map { one in
      var one = one
      change(&one)
      return one
    }
  }
}

extension SmallFlow {
  fileprivate var hasController: Bool {
    controller != nil
      || children.contains { child in
        if case .flow(let flow) = child { flow.hasController } else { false }
      }
  }
}

extension SmallFlow {
  /// Its plan.
  ///
  /// - Throws: `Failure` when it has a mistake.
  fileprivate func plan(pausing: Bool = false) throws -> Plan {
    let compilation = Compiler().compile(flow(pausing: pausing))
    guard let plan = compilation.plan else {
      throw Failure(compilation.findings.map(\.message).joined(separator: "; "))
    }
    return plan
  }
}
