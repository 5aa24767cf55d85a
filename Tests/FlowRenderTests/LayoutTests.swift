import Testing

@testable import FlowRender

@Suite struct LayoutTests {
  private func laidOut(_ drawing: Drawing) throws -> (Measures, Layout) {
    let measures = Measures(of: drawing)
    return (measures, try GraphvizLayout.of(drawing, measures))
  }

  @Test(arguments: Example.allCases)
  func `boxes keep clear of each other and stay in their frames`(_ example: Example) throws {
    let (measures, layout) = try laidOut(example.drawing)
    #expect(LayoutLaws.violations(in: example.drawing, measures, layout) == [])
    #expect(layout.warnings == [])
  }

  @Test(arguments: Example.allCases)
  func `every edge has a line, with an arrow that ends at its target`(_ example: Example) throws {
    let drawing = example.drawing
    let (measures, layout) = try laidOut(drawing)
    for (index, edge) in drawing.edges.enumerated() {
      let course = try #require(layout.edges[index])
      let tip = try #require(course.end)
      let box = measures.nodes[edge.target]
      let center = layout.nodes[edge.target]
      #expect(abs(tip.x - center.x) <= box.width / 2 + 2)
      #expect(abs(tip.y - center.y) <= box.height / 2 + 2)
    }
  }

  @Test(arguments: [Example.deploy, .vmBoot, .dailyImport, .sixty])
  func `boxes of a tier share a rank`(_ example: Example) throws {
    let drawing = example.drawing
    let (_, layout) = try laidOut(drawing)
    var ranks: [Int: Double] = [:]
    for (index, node) in drawing.nodes.enumerated() {
      let tier = try #require(node.tier)
      let center = layout.nodes[index]
      let place = drawing.direction == .leftToRight ? center.x : center.y
      #expect(abs(ranks[tier, default: place] - place) < 0.5, "\(node.name)")
      ranks[tier] = place
    }
  }

  @Test func `an edge against the tiers is drawn from its source to its target`() throws {
    let drawing = Drawing(
      title: "undone",
      nodes: [.init(name: "a", tier: 0), .init(name: "b", tier: 1)],
      edges: [.init(from: 1, to: 0, kind: .revert)])
    let (_, layout) = try laidOut(drawing)
    let course = try #require(layout.edges[0])
    #expect(layout.nodes[0].x < layout.nodes[1].x)
    #expect(try #require(course.end).x < (try #require(course.points.first)).x)
  }

  @Test func `lines may end at frames`() throws {
    var drawing = Example.boot
    drawing.edges = [
      .init(from: 0, to: 1, targetCluster: 0), .init(from: 2, to: 7, sourceCluster: 0),
      .init(from: 1, to: 2, sourceCluster: 1, targetCluster: 1),
    ]
    let (_, layout) = try laidOut(drawing)
    let frame = try #require(layout.clusters[0])
    let arriving = try #require(layout.edges[0]?.end)
    let leaving = try #require(layout.edges[1]?.points.first)
    for place in [arriving, leaving] {
      let toSides = min(abs(place.x - frame.left), abs(place.x - frame.right))
      let toEnds = min(abs(place.y - frame.top), abs(place.y - frame.bottom))
      #expect(min(toSides, toEnds) < 2)
    }
    #expect(layout.warnings == [])
  }

  @Test func `parts that no edge joins keep to the tiers`() throws {
    let drawing = Drawing(
      title: "parts",
      nodes: [
        .init(name: "a", tier: 0), .init(name: "b", tier: 1), .init(name: "c", tier: 7),
        .init(name: "alone", tier: 7), .init(name: "d", tier: 1), .init(name: "e", tier: 7),
      ],
      edges: [.init(from: 0, to: 1), .init(from: 1, to: 2), .init(from: 4, to: 5)])
    let (_, layout) = try laidOut(drawing)
    #expect(layout.nodes[2].x == layout.nodes[3].x)
    #expect(layout.nodes[2].x == layout.nodes[5].x)
    #expect(layout.nodes[1].x == layout.nodes[4].x)
    #expect(layout.edges.count == 3)
  }

  @Test(arguments: [190, 210, 600])
  func `a line may pass hundreds of ranks`(_ count: Int) throws {
    var drawing = Drawing(title: "chain", direction: .topToBottom)
    for index in 0..<count {
      drawing.nodes.append(.init(kind: .symbol, name: "s\(index)", tier: index))
      if index > 0 {
        drawing.edges.append(.init(from: index - 1, to: index, kind: .data(symbols: ["s"])))
      }
    }
    drawing.edges.append(.init(from: 0, to: count - 1, kind: .data(symbols: ["s"])))
    let (_, layout) = try laidOut(drawing)
    #expect(layout.edges.allSatisfy { $0 != nil })
    #expect(zip(layout.nodes, layout.nodes.dropFirst()).allSatisfy { $0.y < $1.y })
  }

  @Test func `nothing, one box and empty frames are drawn`() throws {
    let drawings = [
      Drawing(title: ""), Drawing(title: "", nodes: [.init(name: "")]),
      Drawing(title: "", clusters: [.init(name: "outer"), .init(name: "inner", parent: 0)]),
      Drawing(title: "", nodes: [.init(name: "a")], edges: [.init(from: 0, to: 0)]),
      Drawing(title: "", clusters: [.init(name: "", badge: "")]),
    ]
    for drawing in drawings {
      #expect(ParsedSVG(try FlowRender.renderSVG(drawing)).problem == nil)
    }
  }

  @Test func `frames that are nested very deeply are left out`() throws {
    var drawing = Drawing(title: "deep")
    for depth in 0..<2_000 {
      drawing.clusters.append(.init(name: "f\(depth)", parent: depth == 0 ? nil : depth - 1))
    }
    drawing.nodes = [.init(name: "a", cluster: 1_999), .init(name: "b", cluster: 1_000)]
    drawing.edges = [.init(from: 0, to: 1, sourceCluster: 1_999)]
    let (_, layout) = try laidOut(drawing)
    #expect(layout.clusters.count { $0 != nil } == GraphvizBuilder.deepestFrame)
    #expect(try FlowRender.text(drawing).contains("f1999"))
    #expect(try FlowRender.dot(drawing).contains("cluster1999"))
  }

  @Test func `numbers beyond reason are clamped`() throws {
    let drawing = Drawing(
      title: "numbers",
      nodes: [
        .init(name: "a", tier: .min), .init(name: "b", tier: .max), .init(name: "c", tier: 1),
      ],
      clusters: [
        .init(kind: .areaOfInfluence, name: "c", attempts: .init(made: .max, allowed: .min)),
        .init(kind: .areaOfInfluence, name: "d", attempts: .init(made: .min, allowed: .max)),
      ],
      edges: [
        .init(from: 0, to: 1, weight: .max), .init(from: 1, to: 2, weight: .min),
        .init(from: 0, to: 2, kind: .cycleHop(number: .max, symbols: [])),
      ])
    #expect(ParsedSVG(try FlowRender.renderSVG(drawing)).problem == nil)
    #expect(try FlowRender.text(drawing).isEmpty == false)
  }
}
