extension Digraph {
  /// A question to `reaches(_:)`: whether a path leads from one node to another.
  public struct ReachabilityQuery: Hashable, Sendable {
    /// Where the path begins.
    public var source: Int32
    /// Where the path ends.
    public var target: Int32

    /// Asks whether a path of one edge or more leads from `source` to `target`.
    public init(source: Int32, target: Int32) {
      self.source = source
      self.target = target
    }

    /// Asks whether a path of one edge or more leads from `source` to `target`, which must fit in
    /// 32 bits.
    public init(source: Int, target: Int) {
      self.init(source: Int32(source), target: Int32(target))
    }
  }

  /// For each query, whether a path of one edge or more leads from its source to its target.
  ///
  /// A query from a node to itself asks whether the node lies on a cycle. The graph may be cyclic.
  ///
  /// The sources are taken 64 at a time, as the bits of a word that is passed on along the edges
  /// between components, from the first source's component to the last target's.
  ///
  /// - Complexity: O((distinct sources / 64 + 1) × (nodes + edges)) time, O(nodes + queries) space.
  public func reaches(_ queries: [ReachabilityQuery]) -> [Bool] {
    guard !queries.isEmpty else { return [] }
    var propagation = BitPropagation(graph: self, components: stronglyConnectedComponents())
    // Sources that are close in the order share a batch, so that each batch walks a short stretch.
    let sorted = queries.indices.sorted { one, other in
      let (one, other) = (queries[one].source, queries[other].source)
      return (propagation.place(of: one), one) < (propagation.place(of: other), other)
    }
    var answers = [Bool](repeating: false, count: queries.count)
    var batch: [(query: Int, bit: Int)] = []
    var sources: [Int32] = []
    func answerBatch() {
      let targets = batch.map { propagation.place(of: queries[$0.query].target) }
      propagation.run(from: sources, through: targets.max() ?? -1)
      for (query, bit) in batch {
        answers[query] = propagation.isReached(queries[query].target, byBit: bit)
      }
      batch.removeAll(keepingCapacity: true)
      sources.removeAll(keepingCapacity: true)
    }
    for query in sorted {
      if sources.last != queries[query].source {
        if sources.count == 64 { answerBatch() }
        sources.append(queries[query].source)
      }
      batch.append((query, sources.count - 1))
    }
    answerBatch()
    return answers
  }
}

private struct BitPropagation {
  let graph: Digraph
  let components: Components
  /// The sources in each component.
  private var present: [UInt64]
  /// The sources from which each component is reached by an edge or more.
  private var reached: [UInt64]
  /// The component of the batch's first source.
  private var first = 0

  init(graph: Digraph, components: Components) {
    self.graph = graph
    self.components = components
    present = [UInt64](repeating: 0, count: components.count)
    reached = present
  }

  func place(of node: Int32) -> Int32 { components.component[Int(node)] }

  func isReached(_ node: Int32, byBit bit: Int) -> Bool {
    let number = Int(place(of: node))
    return number >= first && reached[number] & (1 << UInt64(bit)) != 0
  }

  /// Passes the sources, which are in the order of their components, on up to component `last`.
  ///
  /// Words before the first source and past `last` are left with bits of some other batch: the
  /// former can't be reached, and no query of this batch asks for the latter.
  mutating func run(from sources: [Int32], through last: Int32) {
    guard let lowest = sources.first else { return }
    first = Int(place(of: lowest))
    var number = first
    while number <= Int(last) {
      reached[number] = 0
      present[number] = 0
      number += 1
    }
    for bit in 0..<sources.count {
      let source = place(of: sources[bit])
      if source <= last { present[Int(source)] |= 1 << UInt64(bit) }
    }
    number = first
    while number <= Int(last) {
      if components.isCyclic[number] { reached[number] |= present[number] }
      let bits = reached[number] | present[number]
      if bits != 0 { pass(bits, from: number) }
      number += 1
    }
  }

  private mutating func pass(_ bits: UInt64, from number: Int) {
    let members = components.members
    for place in Int(members.offsets[number])..<Int(members.offsets[number + 1]) {
      for slot in graph.slots(of: Int(members.nodes[place])) {
        let target = Int(components.component[Int(graph.targets[slot])])
        if target != number { reached[target] |= bits }
      }
    }
  }
}
