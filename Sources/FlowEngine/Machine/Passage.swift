import FlowGraph
import TaskFlow

/// Tracks in one direction which nodes are settled: a node is when it is settled itself and all its
/// neighbours in that direction are.
///
/// Forwards this is *passed* (all before it, and it, is done), backwards it is *undone* (all after it, and
/// it, is undone). Each change of a node costs as much as it has neighbours; nothing is ever recounted, so
/// readiness costs O(1) an edge over a run (semantics 5.6).
struct Passage: Sendable {
  /// How many direct neighbours are not settled yet.
  private(set) var open: [Int32]
  private(set) var isSettled: [Bool]
  /// Whether a node is settled as far as it alone is concerned.
  private(set) var isOwn: [Bool]
  /// Leads from a node to those that wait for it.
  private let outgoing: Digraph

  /// - Parameters:
  ///   - ownSettled: whether a node is settled as far as it alone is concerned.
  ///   - incoming: leads from a node to those that it waits for.
  ///   - outgoing: leads from a node to those that wait for it.
  init(nodeCount: Int, ownSettled: (Int) -> Bool, incoming: Digraph, outgoing: Digraph) {
    self.outgoing = outgoing
    open = (0..<nodeCount).map { Int32(incoming.slots(of: $0).count) }
    isOwn = (0..<nodeCount).map(ownSettled)
    isSettled = Array(repeating: false, count: nodeCount)
    var pending = (0..<nodeCount).filter { open[$0] == 0 && isOwn[$0] }
    while let node = pending.popLast() {
      isSettled[node] = true
      for next in outgoing.successors(of: node) {
        open[Int(next)] -= 1
        if open[Int(next)] == 0, isOwn[Int(next)] { pending.append(Int(next)) }
      }
    }
  }

  /// Sets whether a node is settled as far as it alone is concerned.
  ///
  /// - Parameter freed: each node whose last open neighbour was settled by this is added to it.
  mutating func set(_ node: NodeIndex, ownSettled: Bool, freed: inout [NodeIndex]) {
    guard isOwn[Int(node)] != ownSettled else { return }
    isOwn[Int(node)] = ownSettled
    guard open[Int(node)] == 0, isSettled[Int(node)] != ownSettled else { return }
    isSettled[Int(node)] = ownSettled
    // An array of its own is needed only when the change goes further than to the neighbours.
    var changed: [Int] = []
    var next: Int? = Int(node)
    while let current = next {
      let isNowSettled = isSettled[current]
      for slot in outgoing.slots(of: current) {
        let next = Int(outgoing.targets[slot])
        if isNowSettled {
          open[next] -= 1
          guard open[next] == 0 else { continue }
          freed.append(NodeIndex(next))
          if isOwn[next], !isSettled[next] {
            isSettled[next] = true
            changed.append(next)
          }
        } else {
          open[next] += 1
          if isSettled[next] {
            isSettled[next] = false
            changed.append(next)
          }
        }
      }
      next = changed.popLast()
    }
  }
}
