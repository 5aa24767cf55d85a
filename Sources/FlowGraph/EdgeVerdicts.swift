/// Which edges of an acyclic graph its transitive reduction needs, as far as linear time tells.
struct EdgeVerdicts {
  enum Verdict: UInt8 {
    case open, needed, redundant
  }

  /// By slot.
  private var verdicts: [Verdict]
  /// Whether an edge is open after the linear passes.
  private(set) var hasOpen = false

  subscript(slot: Int) -> Verdict {
    get { verdicts[slot] }
    set { verdicts[slot] = newValue }
  }

  init(_ graph: Digraph, ahead: LongestPathForest, behind: LongestPathForest) {
    verdicts = [Verdict](repeating: .open, count: graph.edgeCount)
    let (outDegree, inDegree) = dropParallels(graph)
    for node in 0..<graph.nodeCount {
      for slot in graph.slots(of: node) where verdicts[slot] == .open {
        let target = Int(graph.targets[slot])
        if outDegree[node] == 1 || inDegree[target] == 1
          || ahead.isNext(target, above: node) || behind.isNext(node, above: target)
        {
          verdicts[slot] = .needed
        } else if ahead.isAncestor(node, of: target) || behind.isAncestor(target, of: node) {
          verdicts[slot] = .redundant
        } else {
          hasOpen = true
        }
      }
    }
  }

  /// Makes all but the first of parallel edges redundant, and counts the others by node.
  private mutating func dropParallels(_ graph: Digraph) -> (out: [Int32], in: [Int32]) {
    var outDegree = [Int32](repeating: 0, count: graph.nodeCount)
    var inDegree = outDegree
    var lastSource = [Int32](repeating: -1, count: graph.nodeCount)
    for node in 0..<graph.nodeCount {
      for slot in graph.slots(of: node) {
        let target = Int(graph.targets[slot])
        if lastSource[target] == Int32(node) {
          verdicts[slot] = .redundant
          continue
        }
        lastSource[target] = Int32(node)
        outDegree[node] += 1
        inDegree[target] += 1
      }
    }
    return (outDegree, inDegree)
  }
}
