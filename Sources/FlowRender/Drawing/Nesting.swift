/// A drawing's frames and boxes in the order in which text formats write them: each frame is
/// opened, then what is in it, then closed.
struct Nesting {
  /// One step of the walk. Depth is the number of frames around what it names.
  enum Step: Hashable {
    case open(cluster: Int, depth: Int)
    case node(Int, depth: Int)
    case close(cluster: Int, depth: Int)
  }

  /// How what is in one frame is ordered.
  enum Order {
    /// Boxes, then frames, each in declaration order.
    case declaration
    /// By the first tier of each box or frame; boxes before frames and in declaration order where
    /// tiers are equal. What has no tier is first.
    case tier
  }

  private enum Item {
    case node(Int)
    case cluster(Int)
  }

  /// The walk over a drawing whose indices hold; not recursive, since flows may be nested deeply.
  ///
  /// - Complexity: O(n log n).
  static func steps(of drawing: Drawing, by order: Order) -> [Step] {
    let contents = contents(of: drawing, by: order)
    var steps: [Step] = []
    var pending: [Step] = []
    func push(_ items: [Item], depth: Int) {
      for item in items.reversed() {
        switch item {
        case .node(let index): pending.append(.node(index, depth: depth))
        case .cluster(let index): pending.append(.open(cluster: index, depth: depth))
        }
      }
    }
    push(contents.top, depth: 0)
    while let step = pending.popLast() {
      steps.append(step)
      if case .open(let cluster, let depth) = step {
        pending.append(.close(cluster: cluster, depth: depth))
        push(contents.inside[cluster], depth: depth + 1)
      }
    }
    return steps
  }

  private static func contents(
    of drawing: Drawing, by order: Order,
  ) -> (top: [Item], inside: [[Item]]) {
    let firstTiers = firstTiers(of: drawing)
    var keyed: [(tier: Int, item: Item)] = []
    for (index, node) in drawing.nodes.enumerated() {
      keyed.append((order == .tier ? node.tier ?? -1 : 0, .node(index)))
    }
    for index in drawing.clusters.indices {
      keyed.append((order == .tier ? firstTiers[index] ?? -1 : 0, .cluster(index)))
    }
    // Equal keys keep their order: the position decides, since sorting promises nothing.
    let sorted = keyed.enumerated().sorted {
      ($0.element.tier, $0.offset) < ($1.element.tier, $1.offset)
    }
    var top: [Item] = []
    var inside = [[Item]](repeating: [], count: drawing.clusters.count)
    for (_, element) in sorted {
      let parent =
        switch element.item {
        case .node(let index): drawing.nodes[index].cluster
        case .cluster(let index): drawing.clusters[index].parent
        }
      if let parent { inside[parent].append(element.item) } else { top.append(element.item) }
    }
    return (top, inside)
  }

  /// The smallest tier in each cluster, nested ones included.
  private static func firstTiers(of drawing: Drawing) -> [Int?] {
    var tiers = [Int?](repeating: nil, count: drawing.clusters.count)
    func lower(_ cluster: Int, to tier: Int?) {
      guard let tier else { return }
      tiers[cluster] = min(tiers[cluster] ?? tier, tier)
    }
    for node in drawing.nodes {
      if let cluster = node.cluster { lower(cluster, to: node.tier) }
    }
    for (index, cluster) in drawing.clusters.enumerated().reversed() {
      if let parent = cluster.parent { lower(parent, to: tiers[index]) }
    }
    return tiers
  }
}
