import FlowGraph
import TaskFlow

/// Walks over cones without clearing a mark for every node each time.
struct Visits: Sendable {
  private var stamp: [Int32]
  private var current: Int32 = 0
  private var pending: [NodeIndex] = []

  init(count: Int) {
    stamp = Array(repeating: 0, count: count)
  }

  /// The nodes that can be reached from `node`, without itself, each once.
  ///
  /// - Parameter passes: whether the walk goes on behind a node; it is asked for `node` as well.
  mutating func cone(
    of node: NodeIndex, in graph: Digraph, passes: (NodeIndex) -> Bool = { _ in true }
  ) -> [NodeIndex] {
    current += 1
    stamp[Int(node)] = current
    var found: [NodeIndex] = []
    pending = [node]
    while let node = pending.popLast() {
      guard passes(node) else { continue }
      for next in graph.successors(of: Int(node)) where stamp[Int(next)] != current {
        stamp[Int(next)] = current
        found.append(next)
        pending.append(next)
      }
    }
    return found
  }
}
