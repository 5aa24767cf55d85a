extension Digraph {
  /// The dominators of all nodes that are reached from `root`.
  ///
  /// By the algorithm of Lengauer and Tarjan with path compression, which, unlike iteration to a
  /// fixed point, stays near linear on hostile graphs.
  ///
  /// - Complexity: O(edges × log(nodes) + nodes) time, O(nodes + edges) space.
  /// - SeeAlso: T. Lengauer, R. Tarjan, *A fast algorithm for finding dominators in a flowgraph*,
  ///   ACM TOPLAS 1(1), 1979.
  public func dominators(from root: Int) -> DominatorTree {
    var search = DominatorSearch(self, root: root)
    return DominatorTree(root: root, immediate: search.immediateDominators(of: self))
  }
}

/// All nodes in here but the elements of `node` are numbers in the order of a depth-first walk.
private struct DominatorSearch {
  /// The node that has each number.
  private var node: [Int32] = []
  private var number: [Int32]
  private var parent: [Int32] = []
  private var semidominator: [Int32]
  private var dominator: [Int32]
  /// The parent in the forest of numbers done, shortened as it is used; −1 for its roots.
  private var ancestor: [Int32]
  /// A number of least semidominator between each number and its ancestor.
  private var label: [Int32]
  /// Lists of numbers with the same semidominator: the first of each, and what follows.
  private var bucket: [Int32]
  private var nextInBucket: [Int32]

  init(_ graph: Digraph, root: Int) {
    number = [Int32](repeating: -1, count: graph.nodeCount)
    var walk = DepthFirstWalk(graph)
    walk.start(at: root)
    while let step = walk.next() {
      guard case .enter(let entered) = step else { continue }
      number[Int(entered)] = Int32(node.count)
      node.append(entered)
      let path = walk.path
      parent.append(path.count > 1 ? number[Int(path[path.count - 2])] : 0)
    }
    semidominator = [Int32](repeating: 0, count: node.count)
    for index in 0..<node.count { semidominator[index] = Int32(index) }
    label = semidominator
    dominator = [Int32](repeating: 0, count: node.count)
    ancestor = [Int32](repeating: -1, count: node.count)
    bucket = ancestor
    nextInBucket = ancestor
  }

  mutating func immediateDominators(of graph: Digraph) -> [Int32] {
    let predecessors = graph.reversed()
    var current = node.count - 1
    while current > 0 {
      for slot in predecessors.slots(of: Int(node[current])) {
        let source = number[Int(predecessors.targets[slot])]
        guard source >= 0 else { continue }
        let candidate = semidominator[evaluate(Int(source))]
        if candidate < semidominator[current] { semidominator[current] = candidate }
      }
      let semi = Int(semidominator[current])
      nextInBucket[current] = bucket[semi]
      bucket[semi] = Int32(current)
      ancestor[current] = parent[current]
      emptyBucket(of: Int(parent[current]))
      current -= 1
    }
    return finish(nodeCount: graph.nodeCount)
  }

  private mutating func emptyBucket(of parent: Int) {
    var member = Int(bucket[parent])
    bucket[parent] = -1
    while member >= 0 {
      let least = evaluate(member)
      let isLower = semidominator[least] < semidominator[member]
      dominator[member] = Int32(isLower ? least : parent)
      member = Int(nextInBucket[member])
    }
  }

  private mutating func finish(nodeCount: Int) -> [Int32] {
    var immediate = [Int32](repeating: -1, count: nodeCount)
    for index in 0..<node.count {
      if index > 0, dominator[index] != semidominator[index] {
        dominator[index] = dominator[Int(dominator[index])]
      }
      immediate[Int(node[index])] = node[Int(dominator[index])]
    }
    return immediate
  }

  /// A number of least semidominator from `start` up to, and without, the root of its tree.
  private mutating func evaluate(_ start: Int) -> Int {
    guard ancestor[start] >= 0 else { return Int(label[start]) }
    var path: [Int] = []
    var current = start
    while ancestor[Int(ancestor[current])] >= 0 {
      path.append(current)
      current = Int(ancestor[current])
    }
    while let below = path.popLast() {
      let above = Int(ancestor[below])
      if semidominator[Int(label[above])] < semidominator[Int(label[below])] {
        label[below] = label[above]
      }
      ancestor[below] = ancestor[above]
    }
    return Int(label[start])
  }
}
