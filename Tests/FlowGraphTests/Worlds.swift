import FlowGraph
import Testing

/// One graph to test, small enough to be judged by definition.
struct World: CustomStringConvertible {
  let name: String
  let graph: Digraph
  let edges: [Digraph.Edge]

  init(_ name: String, nodeCount: Int, edges: [Digraph.Edge]) {
    self.name = name
    self.edges = edges
    graph = Digraph(nodeCount: nodeCount, edges: edges)
  }

  var description: String {
    let list = edges.map { "\($0.source)→\($0.target)" }.joined(separator: " ")
    return "\(name): \(graph.nodeCount) nodes, \(list)"
  }
}

/// Calls `body` with every graph of `nodeCount` nodes without parallel edges.
func withEveryDigraph(
  nodeCount: Int, selfLoops: Bool, _ body: (World) throws -> Void,
) rethrows {
  var all: [Digraph.Edge] = []
  for source in 0..<nodeCount {
    for target in 0..<nodeCount where selfLoops || source != target {
      all.append(Digraph.Edge(source: source, target: target))
    }
  }
  for mask in 0..<(1 << all.count) {
    var edges: [Digraph.Edge] = []
    for bit in 0..<all.count where mask & (1 << bit) != 0 { edges.append(all[bit]) }
    try body(World("mask \(mask)", nodeCount: nodeCount, edges: edges))
  }
}

/// Calls `body` with every graph of up to four nodes, self-loops included.
func withEverySmallDigraph(_ body: (World) throws -> Void) rethrows {
  for nodeCount in 0...4 {
    try withEveryDigraph(nodeCount: nodeCount, selfLoops: true, body)
  }
}

/// Calls `body` with every acyclic graph of up to four nodes.
func withEverySmallAcyclicDigraph(_ body: (World) throws -> Void) rethrows {
  for nodeCount in 0...4 {
    try withEveryDigraph(nodeCount: nodeCount, selfLoops: false) { world in
      if !Definition(world).hasCycle { try body(world) }
    }
  }
}

/// Calls `body` with random graphs of 5 to 40 nodes, some with parallel edges and self-loops.
func withRandomDigraphs(
  count: Int, acyclic: Bool, _ body: (World, inout SplitMix64) throws -> Void,
) rethrows {
  for seed in 1...UInt64(count) {
    var random = SplitMix64(seed: seed)
    let nodeCount = Int.random(in: 5...40, using: &random)
    let edgeCount = Int.random(in: 0...(nodeCount * 4), using: &random)
    let labels = Array(0..<nodeCount).shuffled(using: &random)
    var edges: [Digraph.Edge] = []
    for _ in 0..<edgeCount {
      let source = Int.random(in: 0..<nodeCount, using: &random)
      let target = Int.random(in: 0..<nodeCount, using: &random)
      if acyclic, source == target { continue }
      let (first, second) = acyclic ? (min(source, target), max(source, target)) : (source, target)
      edges.append(Digraph.Edge(source: labels[first], target: labels[second]))
    }
    try body(World("seed \(seed)", nodeCount: nodeCount, edges: edges), &random)
  }
}

/// A path through `nodeCount` nodes in index order.
func path(nodeCount: Int) -> Digraph {
  var edges: [Digraph.Edge] = []
  edges.reserveCapacity(nodeCount)
  for node in 1..<nodeCount { edges.append(Digraph.Edge(source: node - 1, target: node)) }
  return Digraph(nodeCount: nodeCount, edges: edges)
}

/// Records a failure with the world that shows it; cheaper than `#expect` for many small worlds.
func expect(
  _ condition: Bool, _ what: @autoclosure () -> String, in world: World,
  sourceLocation: SourceLocation = #_sourceLocation,
) {
  if !condition {
    Issue.record("\(what()), in \(world)", sourceLocation: sourceLocation)
  }
}
