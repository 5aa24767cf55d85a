import FlowEngine
import FlowGraph
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
    case .success where atom?.intention == .revert && run.standing.isDirty:
      let blocking = run.failures.filter { $0.recovered == nil && $0.isRevert }
      sentences =
        ["in this run \(name) succeeded\(attempts), and was not undone, since"]
        + blocking.map { "  '\($0.atom)' could not be undone: \($0.failure.message)" }
    case .success where atom?.intention == .revert:
      sentences = ["in this run \(name) succeeded\(attempts), and is still to be undone"]
    case .success: sentences = ["in this run \(name) succeeded\(attempts)"]
    case .running: sentences = ["in this run \(name) had begun\(attempts), and has not ended"]
    case .ignored:
      sentences = ["in this run \(name) was skipped"] + Self.conditions(of: node, in: plan, run)
    case .failure:
      sentences = ["in this run \(name) failed\(attempts): \(atom?.failure?.message ?? "")"]
    case .reverted where failed.contains { $0.atom == name }:
      let own = failed.first { $0.atom == name }?.failure.message ?? ""
      let end = plan.task(at: node)?.traits.revert == nil ? "it has no revert" : "it was undone"
      sentences = ["in this run \(name) failed\(attempts): \(own); \(end)"]
    case .reverted where plan.task(at: node)?.traits.revert == nil:
      sentences =
        ["in this run \(name) was to be undone and has no revert, since"]
        + causes.map { "  \($0)" }
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
    let isPart = run.head.selection != nil
    if !run.head.outline.atoms.contains(where: { $0.name == name }) {
      let reason = isPart ? "others were selected" : "the flow has changed since"
      sentences = ["in this run there was no task \(name): \(reason)"]
    } else if !isPart, !run.changes(to: plan).isEmpty {
      sentences.append("the flow has changed since that run began")
    }
  }

  /// The conditions that can have skipped a task: its own, and those of tasks that were skipped before it.
  private static func conditions(
    of node: NodeIndex, in plan: Plan, _ run: StoredRun
  ) -> [String] {
    var reasons: [String] = []
    if let own = plan.task(at: node)?.traits.condition {
      reasons.append("since '\(own.summary)' was false")
    }
    var isSeen: Set<NodeIndex> = [node]
    var open = [node]
    while let next = open.popLast() {
      for source in plan.predecessors.successors(of: Int(next)).reversed()
      where isSeen.insert(source).inserted {
        // What was done has skipped nothing, and nothing before it has reached this far.
        let isAtom = plan.nodes[Int(source)].isAtom
        guard !isAtom || run.atoms[plan.name(of: source)]?.state == .ignored else { continue }
        open.append(source)
        guard let condition = plan.task(at: source)?.traits.condition, condition.depth != .atom
        else { continue }
        reasons.append("with \(plan.name(of: source)), since '\(condition.summary)' was false")
      }
    }
    guard let first = reasons.first else { return ["  by a link to it, or with what it waits for"] }
    return ["  \(first)"] + reasons.dropFirst().map { "  or \($0)" }
  }
}
