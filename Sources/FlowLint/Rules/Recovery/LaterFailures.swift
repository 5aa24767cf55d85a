import FlowGraph
import TaskFlow

/// Finds, for a task that is done, another one that can still fail and have it undone.
///
/// One task has not failed before the other is done unless it comes before it. So the last one in a
/// topological order decides almost always; where it does not, all that comes before the task is looked at,
/// as long as that stays linear in the size of the plan over all tasks together. Beyond that nothing is found.
struct LaterFailures {
  private let plan: Plan
  private let reach: UndoReach
  /// The place of each node in a topological order.
  private let position: [Int32]
  /// The tasks that can fail, by how much that can have undone, in declaration order.
  private var failing: [UndoReach.Extent: [NodeIndex]] = [:]
  /// Of those the last in the topological order: of all, and of those that have no condition.
  private var last: [Choice: NodeIndex] = [:]

  private var walk = 0
  private var reachedIn: [Int]
  private var stepsLeft: Int

  private struct Choice: Hashable {
    var extent: UndoReach.Extent
    var isUnconditional: Bool
  }

  /// Deeper nested flows than files can have are looked at up to here.
  private static let mostFlows = 64

  init(of plan: Plan, _ reach: UndoReach) {
    self.plan = plan
    self.reach = reach
    var position = [Int32](repeating: 0, count: plan.nodes.count)
    for (index, node) in (plan.graph.topologicalOrder() ?? []).enumerated() {
      position[Int(node)] = Int32(index)
    }
    self.position = position
    reachedIn = Array(repeating: 0, count: plan.nodes.count)
    stepsLeft = 32 * (plan.nodes.count + plan.edges.count)
    for index in plan.nodes.indices {
      let node = NodeIndex(index)
      guard let task = plan.task(at: node), task.mayFail else { continue }
      let extent = reach.extent(ofFailureOf: node)
      failing[extent, default: []].append(node)
      note(node, Choice(extent: extent, isUnconditional: false))
      if task.condition == nil { note(node, Choice(extent: extent, isUnconditional: true)) }
    }
  }

  private mutating func note(_ node: NodeIndex, _ choice: Choice) {
    if let known = last[choice], position[Int(known)] > position[Int(node)] { return }
    last[choice] = node
  }

  /// A task that can fail when `node` is done, and have it undone; one that is near if there is one.
  ///
  /// Of a task with a condition only those without one are looked at: conditions may exclude each other.
  mutating func witness(against node: NodeIndex) -> NodeIndex? {
    let isUnconditional = plan.task(at: node)?.condition != nil
    var open: Set<UndoReach.Extent> = []
    for extent in extents(around: node) {
      let choice = Choice(extent: extent, isUnconditional: isUnconditional)
      guard let last = last[choice] else { continue }
      if position[Int(last)] > position[Int(node)] {
        return near(node, isUnconditional) ?? last
      }
      if failing[extent] != [node] { open.insert(extent) }
    }
    return open.isEmpty ? nil : search(against: node, open, isUnconditional)
  }

  /// What can be undone so that `node` is undone as well.
  private func extents(around node: NodeIndex) -> [UndoReach.Extent] {
    var extents: [UndoReach.Extent] = [.everything]
    var next = plan.nodes[Int(node)].controller
    while let controller = next, extents.count <= Self.mostFlows {
      extents.append(.flow(of: controller))
      next = plan.nodes[Int(controller)].controller
    }
    return extents
  }

  private func endangers(
    _ other: NodeIndex, _ node: NodeIndex, _ isUnconditional: Bool
  ) -> Bool {
    guard other != node, let task = plan.task(at: other), task.mayFail,
      !isUnconditional || task.condition == nil
    else { return false }
    guard case .flow(let controller) = reach.extent(ofFailureOf: other) else { return true }
    return plan.flows[Int(plan.nodes[Int(controller)].flow)].nodes.contains(node)
  }

  /// A task among the next few after `node`.
  private func near(_ node: NodeIndex, _ isUnconditional: Bool) -> NodeIndex? {
    var nodes = [node]
    var index = 0
    while index < nodes.count, nodes.count < 64 {
      for next in plan.graph.successors(of: Int(nodes[index])).prefix(8)
      where !nodes.contains(next) {
        if endangers(next, node, isUnconditional) { return next }
        nodes.append(next)
      }
      index += 1
    }
    return nil
  }

  /// Looks at all that comes before `node`, and then for a task that does not.
  private mutating func search(
    against node: NodeIndex, _ extents: Set<UndoReach.Extent>, _ isUnconditional: Bool
  ) -> NodeIndex? {
    guard stepsLeft > 0 else { return nil }
    markAncestors(of: node, from: lowest(of: extents))
    for extent in self.extents(around: node) where extents.contains(extent) {
      for other in failing[extent] ?? [] {
        stepsLeft -= 1
        if reachedIn[Int(other)] != walk, endangers(other, node, isUnconditional) { return other }
      }
    }
    return nil
  }

  /// The first node of the flows that are undone.
  private func lowest(of extents: Set<UndoReach.Extent>) -> NodeIndex {
    extents.map { extent in
      guard case .flow(let controller) = extent else { return 0 }
      return plan.flows[Int(plan.nodes[Int(controller)].flow)].start
    }.min() ?? 0
  }

  /// Marks what comes before `node`, as far as it lies in a flow: at `start` and later.
  private mutating func markAncestors(of node: NodeIndex, from start: NodeIndex) {
    walk += 1
    var pending = [node]
    while let current = pending.popLast() {
      guard current != start else { continue }
      for source in plan.predecessors.successors(of: Int(current))
      where source >= start && reachedIn[Int(source)] != walk {
        reachedIn[Int(source)] = walk
        stepsLeft -= 1
        pending.append(source)
      }
    }
  }
}
