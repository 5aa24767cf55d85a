/// A depth-first walk as a stream of steps, on a stack of its own.
///
/// Each node is entered once over the walk's whole life; a walk may be started from any number of
/// roots, one after the other. Successors are taken in edge order.
///
/// - Complexity: O(nodes + edges) time for all steps, O(nodes) space.
struct DepthFirstWalk {
  enum Step {
    /// The node was reached for the first time; `path` ends with it.
    case enter(Int32)
    /// An edge leads to a node that was entered before.
    case meet(from: Int32, to: Int32)
    /// All edges of the node are done; `path` ends with its parent.
    case leave(Int32)
  }

  private let graph: Digraph
  private var cursor: [Int32]
  private var isEntered: [Bool]
  private var root: Int32?
  /// The nodes from the root to the current one.
  private(set) var path: [Int32] = []

  init(_ graph: Digraph) {
    self.graph = graph
    cursor = graph.offsets
    isEntered = [Bool](repeating: false, count: graph.nodeCount)
  }

  /// Makes `node` the next root, unless it was entered before; only after `next()` has given nil.
  mutating func start(at node: Int) {
    if !isEntered[node] { root = Int32(node) }
  }

  /// The next step, or nil when everything that the root reaches is done.
  mutating func next() -> Step? {
    guard let node = path.last else {
      guard let start = root else { return nil }
      root = nil
      return enter(start)
    }
    let slot = cursor[Int(node)]
    guard slot < graph.offsets[Int(node) + 1] else {
      path.removeLast()
      return .leave(node)
    }
    cursor[Int(node)] = slot + 1
    let target = graph.targets[Int(slot)]
    return isEntered[Int(target)] ? .meet(from: node, to: target) : enter(target)
  }

  private mutating func enter(_ node: Int32) -> Step {
    isEntered[Int(node)] = true
    path.append(node)
    return .enter(node)
  }
}
