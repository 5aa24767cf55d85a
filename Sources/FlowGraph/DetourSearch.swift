/// A search, from both ends, for a path of several edges between the ends of an edge.
///
/// Where much is reached from both ends, they meet after about the square root of it; where little
/// is reached from one, that one is soon done. What is neither is left to others.
struct DetourSearch {
  private let graph: Digraph
  private let predecessors: Digraph
  private let ahead: LongestPathForest
  private let behind: LongestPathForest
  private var fromSource: Frontier
  private var fromTarget: Frontier
  /// How many more edges may be looked at, over all searches.
  private var budget: Int

  private struct Frontier {
    var nodes: [Int32] = []
    var head = 0
    /// In which search each node was last reached, counted from 1.
    var reachedIn: [Int32]

    init(nodeCount: Int) { reachedIn = [Int32](repeating: 0, count: nodeCount) }
  }

  /// - Parameter effort: How many times all nodes and edges may be looked at, over all searches.
  init(_ graph: Digraph, ahead: LongestPathForest, behind: LongestPathForest, effort: Int) {
    self.graph = graph
    self.ahead = ahead
    self.behind = behind
    predecessors = graph.reversed()
    fromSource = Frontier(nodeCount: graph.nodeCount)
    fromTarget = fromSource
    budget = effort * (graph.nodeCount + graph.edgeCount)
  }

  /// Settles open edges while the budget lasts; tells whether all are settled.
  mutating func settle(_ verdicts: inout EdgeVerdicts) -> Bool {
    var isDone = true
    var searches: Int32 = 0
    for source in 0..<graph.nodeCount {
      for slot in graph.slots(of: source) where verdicts[slot] == .open {
        guard budget > 0 else { return false }
        searches += 1
        verdicts[slot] = verdict(from: Int32(source), to: graph.targets[slot], search: searches)
        if verdicts[slot] == .open { isDone = false }
      }
    }
    return isDone
  }

  private mutating func verdict(
    from source: Int32, to target: Int32, search: Int32,
  ) -> EdgeVerdicts.Verdict {
    /// The most edges that one search looks at: far more than usual, far fewer than there may be.
    var limit = 4096
    fromSource.nodes = [source]
    fromTarget.nodes = [target]
    fromSource.head = 0
    fromTarget.head = 0
    while fromSource.head < fromSource.nodes.count, fromTarget.head < fromTarget.nodes.count {
      let isForward =
        fromSource.nodes.count - fromSource.head <= fromTarget.nodes.count - fromTarget.head
      let slots =
        isForward
        ? graph.slots(of: Int(fromSource.nodes[fromSource.head]))
        : predecessors.slots(of: Int(fromTarget.nodes[fromTarget.head]))
      limit -= slots.count + 1
      guard limit >= 0 else { return .open }
      budget -= slots.count + 1
      let isMet =
        isForward
        ? stepForward(slots, source, target, search) : stepBackward(slots, source, target, search)
      if isMet { return .redundant }
    }
    return .needed
  }

  /// Looks at the successors of the next node on the source's side; tells whether the target is
  /// met.
  private mutating func stepForward(
    _ slots: Range<Int>, _ source: Int32, _ target: Int32, _ search: Int32,
  ) -> Bool {
    let isFirst = fromSource.head == 0
    fromSource.head += 1
    for slot in slots {
      let node = graph.targets[slot]
      if node == target, !isFirst { return true }
      guard isBetween(node, source, target), fromSource.reachedIn[Int(node)] != search else {
        continue
      }
      if fromTarget.reachedIn[Int(node)] == search { return true }
      fromSource.reachedIn[Int(node)] = search
      fromSource.nodes.append(node)
    }
    return false
  }

  /// Looks at the predecessors of the next node on the target's side; tells whether the source is
  /// met.
  private mutating func stepBackward(
    _ slots: Range<Int>, _ source: Int32, _ target: Int32, _ search: Int32,
  ) -> Bool {
    let isFirst = fromTarget.head == 0
    fromTarget.head += 1
    for slot in slots {
      let node = predecessors.targets[slot]
      if node == source, !isFirst { return true }
      guard isBetween(node, source, target), fromTarget.reachedIn[Int(node)] != search else {
        continue
      }
      if fromSource.reachedIn[Int(node)] == search { return true }
      fromTarget.reachedIn[Int(node)] = search
      fromTarget.nodes.append(node)
    }
    return false
  }

  /// Whether the levels allow `node` on a path from `source` to `target`, and not at its ends.
  private func isBetween(_ node: Int32, _ source: Int32, _ target: Int32) -> Bool {
    ahead.isAbove(Int(source), Int(node)) && ahead.isAbove(Int(node), Int(target))
      && behind.isAbove(Int(target), Int(node)) && behind.isAbove(Int(node), Int(source))
  }
}
