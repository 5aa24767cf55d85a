import FlowRender

/// Drawings out of a seed: nested frames, tiers, every kind of node and edge.
enum RandomDrawing {
  static func made(seed: UInt64, nodes: Int? = nil) -> Drawing {
    var random = SplitMix64(seed: seed)
    let count = nodes ?? Int.random(in: 0...40, using: &random)
    var drawing = Drawing(
      title: "seed \(seed)", direction: Bool.random(using: &random) ? .leftToRight : .topToBottom)
    for index in 0..<Int.random(in: 0...8, using: &random) {
      let parent =
        index == 0 || Bool.random(using: &random)
        ? nil : Int.random(in: 0..<index, using: &random)
      drawing.clusters.append(
        .init(
          kind: Bool.random(using: &random) ? .flow : .areaOfInfluence, name: "flow-\(index)",
          pattern: "graph", badge: Bool.random(using: &random) ? "↻ 3×" : nil, parent: parent))
    }
    let tiers = max(1, Int.random(in: 1...max(1, count / 2), using: &random))
    let hasTiers = Int.random(in: 0..<4, using: &random) > 0
    for index in 0..<count {
      drawing.nodes.append(
        .init(
          kind: Drawing.Node.Kind.allCases.randomElement(using: &random) ?? .task,
          name: "node-\(index)", detail: Bool.random(using: &random) ? "run · → v\(index)" : nil,
          state: Drawing.State.allCases.randomElement(using: &random) ?? .plain,
          tier: hasTiers ? index * tiers / max(count, 1) : nil,
          cluster: drawing.clusters.isEmpty || Bool.random(using: &random)
            ? nil : Int.random(in: 0..<drawing.clusters.count, using: &random)))
    }
    guard count > 0 else { return drawing }
    for _ in 0..<Int.random(in: 0...(count * 2), using: &random) {
      drawing.edges.append(edge(among: count, drawing.clusters.count, using: &random))
    }
    return drawing
  }

  private static func edge(
    among nodes: Int, _ clusters: Int, using random: inout SplitMix64,
  ) -> Drawing.Edge {
    let kinds: [Drawing.Edge.Kind] = [
      .order, .data(symbols: ["value"]), .data(symbols: ["a", "b", "c"]), .revert,
      .decider(condition: "a == 1"), .cycleHop(number: 2, symbols: ["x"]),
    ]
    func cluster() -> Int? {
      clusters > 0 && Int.random(in: 0..<4, using: &random) == 0
        ? Int.random(in: 0..<clusters, using: &random) : nil
    }
    return Drawing.Edge(
      from: Int.random(in: 0..<nodes, using: &random),
      to: Int.random(in: 0..<nodes, using: &random),
      kind: kinds.randomElement(using: &random) ?? .order, sourceCluster: cluster(),
      targetCluster: cluster(), weight: Int.random(in: 0...10, using: &random))
  }

  /// A drawing as large flows are: tiers of about thirty, each task fed by a few of the last tier.
  static func large(nodes count: Int) -> Drawing {
    var random = SplitMix64(seed: UInt64(count))
    var drawing = Drawing(title: "\(count) tasks")
    let width = 30
    for index in 0..<count {
      let tier = index / width
      if index % (width * 5) == 0 { drawing.clusters.append(.init(name: "flow-\(tier)")) }
      let isFramed = index % width < 10
      drawing.nodes.append(
        .init(
          name: "task-\(index)", detail: "run", tier: tier,
          cluster: isFramed ? drawing.clusters.count - 1 : nil))
      guard tier > 0 else { continue }
      let lane = index % width
      for step in Set([lane, max(0, lane - Int.random(in: 0...2, using: &random))]).sorted() {
        drawing.edges.append(
          .init(from: (tier - 1) * width + step, to: index, kind: .data(symbols: ["v"])))
      }
    }
    return drawing
  }
}
