import FlowEngine
import TaskFlow

extension RunTrace {
  /// What happened, in as few steps as could be: `load▶ load✓ {a▶ b▶} {a✓ b✗} · reverted`.
  ///
  /// Two atoms depend on each other if there is a path from one to the other in the graph. Each change is in
  /// the first step after those of the earlier changes of its atom and of all atoms that depend on it. What
  /// is in one step happened in any order, so it is sorted by declaration order and put in braces.
  ///
  /// So the result does not tell in which order independent atoms were done: it is the Foata normal form of
  /// the trace (Cartier and Foata 1969), which is the same for all orders that differ in nothing else. What
  /// is left out of ``line(of:)`` is left out here too, and changes no step.
  ///
  /// Complexity: quadratic in the size of the plan, and linear in the number of changes times that of atoms.
  ///
  /// - Parameter atoms: the names of the atoms that are shown; all without it.
  public func steps(of atoms: Set<String>? = nil) -> String {
    let neighbors = dependentAtoms()
    var lastStep = [Int](repeating: -1, count: plan.nodes.count)
    var steps: [[Change]] = []
    for change in changes {
      let node = Int(change.node)
      let earlier = neighbors[node].map { lastStep[Int($0)] }.max() ?? -1
      let step = max(earlier, lastStep[node]) + 1
      lastStep[node] = step
      if step == steps.count { steps.append([]) }
      steps[step].append(change)
    }
    return line(
      steps.compactMap { step in
        let words = step.sorted { $0.node < $1.node }.compactMap { word(of: $0, among: atoms) }
        return words.count < 2 ? words.first : "{\(words.joined(separator: " "))}"
      })
  }

  /// The atoms before and after each node in the graph.
  private func dependentAtoms() -> [[NodeIndex]] {
    let edges = plan.edges.map { (from: $0.source, to: $0.target) }
    let after = plan.reach(along: edges)
    let before = plan.reach(along: edges.map { (from: $0.to, to: $0.from) })
    return zip(before, after).map { $0 + $1 }
  }
}
