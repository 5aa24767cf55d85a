/// The tiers of an acyclic graph: nodes of one tier have no path between them.
public struct Tiers: Sendable, Equatable {
  /// For each node, the greatest number of counted nodes on a path that ends just before it.
  public let level: [Int32]
  /// The counted nodes of each tier, in index order; no tier is empty.
  public let members: NodeGroups

  /// The number of tiers.
  public var count: Int { members.count }

  /// The number of the tier with most nodes, the first of equals, or nil if there are no tiers.
  ///
  /// - Complexity: O(tiers).
  public var largest: Int? {
    var best: Int?
    for tier in 0..<members.count where members[tier].count > (best.map { members[$0].count } ?? 0)
    {
      best = tier
    }
    return best
  }
}
