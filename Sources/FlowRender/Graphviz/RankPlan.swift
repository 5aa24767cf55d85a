/// How far apart the ends of each edge have to be, so that boxes of a tier share a rank.
///
/// Edges exactly as long as their tiers are apart leave no box a choice of rank. (A common rank
/// set by `rank=same` would break frames.) Parts of the drawing that no edge joins are tied to
/// the first tier by invisible lines.
struct RankPlan {
  /// The tiers that occur, numbered without gaps, by node.
  private let tiers: [Int?]
  /// Invisible lines from the first to the second node, and how many ranks they span.
  let ties: [(from: Int, to: Int, length: Int)]
  /// The most ranks that there can be.
  let depth: Int

  /// - Complexity: O(n log n).
  init(_ drawing: Drawing) {
    let present = Set(drawing.nodes.compactMap(\.tier)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(present, 0...))
    let tiers = drawing.nodes.map { node in node.tier.flatMap { numbers[$0] } }
    self.tiers = tiers
    depth = present.count + tiers.count { $0 == nil }
    ties = RankPlan.ties(in: drawing, tiers)
  }

  /// By how many tiers the target is after the source: 1 where tiers don't say.
  func rise(of edge: Drawing.Edge) -> Int {
    guard let from = tiers[edge.source], let to = tiers[edge.target] else { return 1 }
    return to - from
  }

  /// Ties each part whose first tier is a later one to the first box of the first tier.
  private static func ties(
    in drawing: Drawing, _ tiers: [Int?],
  ) -> [(from: Int, to: Int, length: Int)] {
    guard let anchor = tiers.firstIndex(of: 0) else { return [] }
    var parts = DisjointParts(count: tiers.count)
    for edge in drawing.edges { parts.join(edge.source, edge.target) }
    var firstOfPart: [Int: Int] = [:]
    for (node, tier) in tiers.enumerated() {
      guard let tier else { continue }
      let part = parts.part(of: node)
      if let first = firstOfPart[part], let earlier = tiers[first], earlier <= tier { continue }
      firstOfPart[part] = node
    }
    return firstOfPart.values.sorted().compactMap { node in
      guard let tier = tiers[node], tier > 0 else { return nil }
      return (from: anchor, to: node, length: tier)
    }
  }
}

/// Which nodes are connected, directions aside (union by halving paths).
private struct DisjointParts {
  private var parents: [Int]

  init(count: Int) {
    parents = Array(0..<count)
  }

  mutating func part(of node: Int) -> Int {
    var current = node
    while parents[current] != current {
      parents[current] = parents[parents[current]]
      current = parents[current]
    }
    return current
  }

  /// The smaller number becomes the part's, so that the result depends on the drawing only.
  mutating func join(_ first: Int, _ second: Int) {
    let (one, other) = (part(of: first), part(of: second))
    parents[max(one, other)] = min(one, other)
  }
}
