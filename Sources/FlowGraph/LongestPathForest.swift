/// A forest of longest paths of an acyclic graph, which answers in constant time whether one node
/// is above another.
///
/// From the sources, each node's parent is a predecessor of greatest depth, and the depth of a node
/// is the number of edges on the longest path to it. From the sinks it is the same with edges
/// turned round.
struct LongestPathForest {
  enum Roots { case sources, sinks }

  private var depth: [Int32]
  /// The number of nodes in each node's tree, itself included.
  private var size: [Int32]
  /// Each node's number when trees are numbered parents first and without gaps.
  private var start: [Int32]

  init(from roots: Roots, of graph: Digraph, order: [Int32]) {
    depth = [Int32](repeating: 0, count: graph.nodeCount)
    size = [Int32](repeating: 1, count: graph.nodeCount)
    start = [Int32](repeating: 0, count: graph.nodeCount)
    switch roots {
    case .sources: grow(downwards: order, findParents(ofTargetsIn: graph, order))
    case .sinks:
      let reversed = Array(order.reversed())
      grow(downwards: reversed, findParents(ofSourcesIn: graph, reversed))
    }
  }

  /// Whether `node` is exactly one level deeper than `other`, so that no path between them has
  /// several edges.
  func isNext(_ node: Int, above other: Int) -> Bool { depth[node] == depth[other] + 1 }

  /// Whether `node` is closer to the roots than `other`.
  func isAbove(_ node: Int, _ other: Int) -> Bool { depth[node] < depth[other] }

  /// Whether the forest has a path from `ancestor` down to `node`, another node.
  func isAncestor(_ ancestor: Int, of node: Int) -> Bool {
    start[ancestor] < start[node] && start[node] < start[ancestor] + size[ancestor]
  }

  private mutating func findParents(ofTargetsIn graph: Digraph, _ order: [Int32]) -> [Int32] {
    var parents = [Int32](repeating: -1, count: graph.nodeCount)
    for node in order {
      let next = depth[Int(node)] + 1
      for slot in graph.slots(of: Int(node)) {
        let target = Int(graph.targets[slot])
        guard depth[target] < next else { continue }
        depth[target] = next
        parents[target] = node
      }
    }
    return parents
  }

  private mutating func findParents(ofSourcesIn graph: Digraph, _ order: [Int32]) -> [Int32] {
    var parents = [Int32](repeating: -1, count: graph.nodeCount)
    for node in order {
      for slot in graph.slots(of: Int(node)) {
        let target = graph.targets[slot]
        guard depth[Int(node)] <= depth[Int(target)] else { continue }
        depth[Int(node)] = depth[Int(target)] + 1
        parents[Int(node)] = target
      }
    }
    return parents
  }

  /// Counts and numbers the trees, given an order in which parents come first.
  private mutating func grow(downwards order: [Int32], _ parents: [Int32]) {
    for node in order.reversed() {
      let parent = Int(parents[Int(node)])
      if parent >= 0 { size[parent] += size[Int(node)] }
    }
    /// The first free number in each tree.
    var free = [Int32](repeating: 0, count: order.count)
    var freeRoot: Int32 = 0
    for node in order {
      let parent = Int(parents[Int(node)])
      let number = parent < 0 ? freeRoot : free[parent]
      start[Int(node)] = number
      free[Int(node)] = number + 1
      if parent < 0 {
        freeRoot += size[Int(node)]
      } else {
        free[parent] += size[Int(node)]
      }
    }
  }
}
