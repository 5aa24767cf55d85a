import FlowGraph
import TaskFlow

/// The order of what is drawn: the plan's own, with starts, ends and controllers taken out.
///
/// Taking one out joins all before it to all after it. Where that would make a net of many lines, as
/// between two unordered flows, it stays as a dot, a *junction*; so there are never more edges than in
/// the plan.
struct PlanOrder {
  /// One edge between plan nodes that are drawn or junctions.
  typealias Edge = Digraph.Edge

  /// The edges, each once, by their sources in topological order.
  var edges: [Edge] = []

  /// The junctions, in index order.
  var junctions: [NodeIndex] = []

  /// - Parameters:
  ///   - graph: the order of the plan's nodes, without cycles.
  ///   - isDrawn: Whether each node has a box.
  /// - Complexity: O(nodes + edges).
  init(_ graph: Digraph, isDrawn: [Bool]) {
    guard let order = graph.topologicalOrder() else { return }
    var forth = Passage(isDrawn: isDrawn)
    let predecessors = graph.reversed()
    for node in order {
      forth.settle(node, next: predecessors.successors(of: Int(node)))
    }
    var back = Passage(isDrawn: isDrawn)
    var nexts = [[NodeIndex]](repeating: [], count: graph.nodeCount)
    for node in order where forth.isKept[Int(node)] {
      for previous in forth.neighbors[Int(node)] { nexts[Int(previous)].append(node) }
    }
    for node in order.reversed() where forth.isKept[Int(node)] {
      back.settle(node, next: nexts[Int(node)][...])
    }
    for node in order where back.isKept[Int(node)] {
      edges += back.neighbors[Int(node)].map { Edge(source: node, target: $0) }
    }
    junctions = isDrawn.indices.filter { back.isKept[$0] && !isDrawn[$0] }.map { NodeIndex($0) }
  }
}

/// One way over the graph, in which each transparent node with at most one neighbour ahead is replaced
/// by that neighbour.
private struct Passage {
  /// Whether each node is drawn, or stays since it has several neighbours ahead.
  var isKept: [Bool]

  /// What stands for each node that was settled, or `nil` for nothing.
  private var substitute: [NodeIndex?]

  /// What is ahead of each node that is kept, each once.
  private(set) var neighbors: [[NodeIndex]]

  private var stamp: [NodeIndex]

  init(isDrawn: [Bool]) {
    isKept = isDrawn
    substitute = Array(repeating: nil, count: isDrawn.count)
    neighbors = Array(repeating: [], count: isDrawn.count)
    stamp = Array(repeating: -1, count: isDrawn.count)
  }

  mutating func settle(_ node: NodeIndex, next: ArraySlice<NodeIndex>) {
    var found: [NodeIndex] = []
    for neighbor in next {
      guard let other = substitute[Int(neighbor)], stamp[Int(other)] != node else { continue }
      stamp[Int(other)] = node
      found.append(other)
    }
    if isKept[Int(node)] || found.count > 1 {
      isKept[Int(node)] = true
      substitute[Int(node)] = node
      neighbors[Int(node)] = found
    } else {
      substitute[Int(node)] = found.first
    }
  }
}
