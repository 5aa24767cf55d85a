import FlowGraph
import TaskFlow

/// How pictures and pages name parts of a plan.
enum PlanWords {
  /// "1 task", "2 tasks".
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// The words with commas, and "and" before the last.
  static func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The names joined by arrows; of many the first few, the last, and how many there are.
  static func path(_ names: [String], noun: String = "task") -> String {
    guard names.count > 8, let last = names.last else { return names.joined(separator: " → ") }
    return names.prefix(5).joined(separator: " → ") + " → … → \(last) (\(count(names.count, noun)))"
  }

  /// The plan in words: how much there is of what, and its longest chain.
  static func summary(of plan: Plan, folding: PlanFolding) -> String {
    var parts = [count(plan.tasks.count, "task")]
    if let tiers = plan.tiers, tiers.count > 0 { parts[0] += " in \(count(tiers.count, "tier"))" }
    if !plan.controllers.isEmpty {
      parts.append(plan.controllers.count == 1 ? "1 retry" : "\(plan.controllers.count) retries")
    }
    let critical = criticalPath(of: plan)
    if critical.count > 1 { parts.append("critical path \(path(critical.map(plan.name)))") }
    parts += problems(of: plan)
    if plan.flows.indices.contains(where: { folding.isFolded(plan.flows[$0].start, in: plan) }) {
      parts.append(
        folding.level == 0 ? "folded into one box" : "nested flows that are too much are folded")
    }
    return parts.joined(separator: "; ")
  }

  /// The tasks of a longest chain; none if there is a cycle.
  static func criticalPath(of plan: Plan) -> [NodeIndex] {
    let weights = plan.nodes.map { $0.isTask ? 1 : 0 }
    guard let path = plan.graph.criticalPath(weights: weights) else { return [] }
    return path.nodes.filter { plan.nodes[Int($0)].isTask }
  }

  private static func problems(of plan: Plan) -> [String] {
    var (cycles, conflicts, sameNames) = (0, 0, 0)
    var missing: Set<String> = []
    var carried: Set<String> = []
    for problem in plan.problems {
      switch problem {
      case .cycle(let children):
        cycles += 1
        for hop in plan.hops(ofCycle: children) { carried.formUnion(hop.symbols) }
      case .conflict(_, let symbol, _):
        conflicts += 1
        carried.insert(symbol)
      case .missing(_, let symbol): missing.insert(symbol)
      case .sameName: sameNames += 1
      }
    }
    // What a cycle carries or a conflict is about is there.
    missing.subtract(carried)
    return [
      cycles == 0 ? nil : count(cycles, "dependency cycle"),
      missing.isEmpty ? nil : count(missing.count, "missing symbol"),
      conflicts == 0 ? nil : count(conflicts, "conflict"),
      sameNames == 0 ? nil : "\(count(sameNames, "name")) used again",
    ].compactMap(\.self)
  }
}
