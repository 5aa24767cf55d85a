import FlowEngine
import TaskFlow

/// What became of a task in a run, and why.
struct TaskFate {
  private(set) var sentences: [String] = []

  init(of node: NodeIndex, in plan: Plan, run: StoredRun) {
    let name = plan.name(of: node)
    let atom = run.atoms[name]
    let attempts = (atom?.attempts ?? 0) > 1 ? " in attempt \(atom?.attempts ?? 0)" : ""
    let failed = run.failures.filter { $0.recovered == nil && !$0.isRevert }
    let causes = failed.map { "'\($0.atom)' failed: \($0.failure.message)" }
    switch atom?.state ?? .pending {
    case .success where atom?.intention == .revert:
      sentences = ["in this run \(name) succeeded\(attempts), and is still to be undone"]
    case .success: sentences = ["in this run \(name) succeeded\(attempts)"]
    case .running: sentences = ["in this run \(name) had begun\(attempts), and has not ended"]
    case .ignored:
      sentences = ["in this run \(name) was skipped"] + Self.conditions(of: node, in: plan)
    case .failure:
      sentences = ["in this run \(name) failed\(attempts): \(atom?.failure?.message ?? "")"]
    case .reverted, .reverting, .retrying:
      sentences = ["in this run \(name) was undone, since"] + causes.map { "  \($0)" }
    case .revertFailure:
      let own = run.failures.last { $0.atom == name && $0.isRevert }
      sentences = ["in this run \(name) could not be undone: \(own?.failure.message ?? "")"]
    case .pending:
      let waiting = TaskChains(plan).hops(into: node).compactMap { hop -> String? in
        let state = run.atoms[plan.name(of: hop.source)]?.state ?? .pending
        return state == .success || state == .ignored
          ? nil : "\(plan.name(of: hop.source)) (\(state))"
      }
      let reasons = causes.isEmpty ? waiting.map { "waits for \($0)" } : causes
      sentences =
        ["in this run \(name) was not begun"] + reasons.map { "  \($0)" }
    }
  }

  private static func conditions(of node: NodeIndex, in plan: Plan) -> [String] {
    guard let condition = plan.task(at: node)?.traits.condition else {
      return ["  with what it waits for"]
    }
    return ["  since '\(condition.summary)' was false, or with what it waits for"]
  }
}
