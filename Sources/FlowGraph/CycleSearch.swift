/// The search for a shortest cycle of a strongly connected graph; see
/// `shortestCycle(in:of:effort:)`.
struct CycleSearch {
  private let graph: Digraph
  private let predecessors: Digraph
  /// The best cycle found, its nodes in order.
  private(set) var best: [Int32] = []
  private var remaining: RemainingNodes
  /// Which search, by its number, a node was last reached in.
  private var reachedIn: [Int32]
  /// From which node, or, while a cycle is shortened, the place on the cycle.
  private var from: [Int32]
  private var searches: Int32 = 0
  /// The nodes and edges looked at.
  private var work = 0

  init(_ graph: Digraph) {
    self.graph = graph
    predecessors = graph.reversed()
    remaining = RemainingNodes(graph: graph, predecessors: predecessors)
    reachedIn = [Int32](repeating: 0, count: graph.nodeCount)
    from = reachedIn
  }

  /// Looks for a cycle until `best` is shortest, or the effort is spent; tells whether it is
  /// shortest.
  mutating func run(effort: Int) -> Bool {
    if findSelfLoop() || findPair() { return true }
    let (limit, isOverflow) = (graph.nodeCount + graph.edgeCount)
      .multipliedReportingOverflow(by: max(effort, 0))
    for pivot in backEdgeTargets() where remaining.contains(pivot) {
      // There is no self-loop and no pair, so three nodes are the fewest.
      if best.count == 3 { break }
      if !best.isEmpty, !isOverflow, work >= limit { return false }
      search(from: pivot)
      remaining.remove(pivot)
    }
    return true
  }

  private mutating func findSelfLoop() -> Bool {
    for node in 0..<graph.nodeCount where graph.successors(of: node).contains(Int32(node)) {
      best = [Int32(node)]
      return true
    }
    return false
  }

  private mutating func findPair() -> Bool {
    for node in 0..<graph.nodeCount {
      searches += 1
      for slot in predecessors.slots(of: node) {
        reachedIn[Int(predecessors.targets[slot])] = searches
      }
      for slot in graph.slots(of: node) where reachedIn[Int(graph.targets[slot])] == searches {
        best = [Int32(node), graph.targets[slot]]
        return true
      }
    }
    return false
  }

  /// Nodes in index order such that each cycle passes through one of them.
  private func backEdgeTargets() -> [Int32] {
    var targets = NodeSet(nodeCount: graph.nodeCount)
    var onPath = NodeSet(nodeCount: graph.nodeCount)
    var walk = DepthFirstWalk(graph)
    // The graph is strongly connected, so one root reaches all.
    walk.start(at: 0)
    while let step = walk.next() {
      switch step {
      case .enter(let node): onPath.insert(Int(node))
      case .leave(let node): onPath.remove(Int(node))
      case .meet(_, let target): if onPath.contains(Int(target)) { targets.insert(Int(target)) }
      }
    }
    return targets.map { Int32($0) }
  }

  /// Looks for a cycle through `pivot` that is shorter than the best one.
  private mutating func search(from pivot: Int32) {
    searches += 1
    var reached = [pivot]
    reachedIn[Int(pivot)] = searches
    var (head, depth, levelEnd) = (0, 1, 1)
    while head < reached.count {
      if head == levelEnd {
        depth += 1
        levelEnd = reached.count
      }
      if !best.isEmpty, depth >= best.count { return }
      let node = reached[head]
      head += 1
      let slots = graph.slots(of: Int(node))
      work += 1 + slots.count
      for slot in slots {
        let target = graph.targets[slot]
        if target == pivot {
          best = path(from: pivot, to: node)
          return shorten()
        }
        guard reachedIn[Int(target)] != searches, remaining.contains(target) else { continue }
        reachedIn[Int(target)] = searches
        from[Int(target)] = node
        reached.append(target)
      }
    }
  }

  private func path(from pivot: Int32, to end: Int32) -> [Int32] {
    var nodes = [end]
    var node = end
    while node != pivot {
      node = from[Int(node)]
      nodes.append(node)
    }
    nodes.reverse()
    return nodes
  }

  /// Cuts the best cycle short where an edge joins two of its nodes.
  ///
  /// It begins as a shortest path, so such an edge can only lead back along it; the one that leads
  /// back least closes a cycle that no other edge cuts short.
  private mutating func shorten() {
    searches += 1
    for place in 0..<best.count {
      reachedIn[Int(best[place])] = searches
      from[Int(best[place])] = Int32(place)
    }
    var shortest = 0..<best.count
    for place in 0..<best.count {
      let slots = graph.slots(of: Int(best[place]))
      work += 1 + slots.count
      for slot in slots where reachedIn[Int(graph.targets[slot])] == searches {
        let back = Int(from[Int(graph.targets[slot])])
        if back <= place, place + 1 - back < shortest.count { shortest = back..<(place + 1) }
      }
    }
    best = Array(best[shortest])
  }
}
