import FlowGraph

/// The notions of graph theory by their definitions, slow and plain, for graphs of up to 64 nodes.
///
/// It knows the edges as they were given, and none of the code under test.
struct Definition {
  let nodeCount: Int
  /// The direct successors of each node as bits.
  let successors: [UInt64]
  /// What paths of one edge or more lead to from each node, as bits.
  let reached: [UInt64]

  init(_ world: World) {
    self.init(
      nodeCount: world.graph.nodeCount, edges: world.edges.map { (Int($0.source), Int($0.target)) })
  }

  init(nodeCount: Int, edges: [(Int, Int)]) {
    precondition(nodeCount <= 64)
    var successors = [UInt64](repeating: 0, count: nodeCount)
    for (source, target) in edges { successors[source] |= 1 << UInt64(target) }
    // Warshall's closure.
    var reached = successors
    for middle in 0..<nodeCount {
      for node in 0..<nodeCount where reached[node] & (1 << UInt64(middle)) != 0 {
        reached[node] |= reached[middle]
      }
    }
    self.nodeCount = nodeCount
    self.successors = successors
    self.reached = reached
  }

  func isEdge(_ source: Int, _ target: Int) -> Bool {
    successors[source] & (1 << UInt64(target)) != 0
  }

  func isPath(_ source: Int, _ target: Int) -> Bool {
    reached[source] & (1 << UInt64(target)) != 0
  }

  var hasCycle: Bool { (0..<nodeCount).contains { isPath($0, $0) } }

  func isSameComponent(_ one: Int, _ other: Int) -> Bool {
    one == other || (isPath(one, other) && isPath(other, one))
  }

  /// The length of the shortest cycle through `node`: the least n for which a walk of n edges
  /// returns.
  func shortestCycle(through node: Int) -> Int? {
    var ends = successors[node]
    for length in 1...max(1, nodeCount) {
      if ends & (1 << UInt64(node)) != 0 { return length }
      var next: UInt64 = 0
      for end in 0..<nodeCount where ends & (1 << UInt64(end)) != 0 { next |= successors[end] }
      ends = next
    }
    return nil
  }

  /// For an acyclic graph, the greatest sum of weights over paths that end just before each node:
  /// relaxed over all edges, as often as there are nodes.
  func heaviest(before weights: [Int]) -> [Int] {
    var sums = [Int](repeating: 0, count: nodeCount)
    for _ in 0..<nodeCount {
      for source in 0..<nodeCount {
        for target in 0..<nodeCount where isEdge(source, target) {
          sums[target] = max(sums[target], sums[source] + weights[source])
        }
      }
    }
    return sums
  }

  /// What is reached from `root` by paths, of no edge too, that avoid `avoided`.
  func reached(from root: Int, avoiding avoided: Int?) -> UInt64 {
    guard root != avoided else { return 0 }
    var seen: UInt64 = 1 << UInt64(root)
    while true {
      var next = seen
      for node in 0..<nodeCount where seen & (1 << UInt64(node)) != 0 { next |= successors[node] }
      if let avoided { next &= ~(1 << UInt64(avoided)) }
      if next == seen { return seen }
      seen = next
    }
  }

  func isAntichain(_ nodes: [Int32]) -> Bool {
    nodes.allSatisfy { node in nodes.allSatisfy { !isPath(Int(node), Int($0)) } }
  }

  /// The size of a largest set of nodes without paths between them, by trying each set.
  var width: Int {
    (UInt64(0)..<(1 << UInt64(nodeCount))).reduce(0) { best, set in
      let members = (0..<nodeCount).filter { set & (1 << UInt64($0)) != 0 }
      return members.count > best && members.allSatisfy({ reached[$0] & set == 0 })
        ? members.count : best
    }
  }
}
