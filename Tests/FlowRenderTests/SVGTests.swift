import Foundation
import Testing

@testable import FlowRender

@Suite struct SVGTests {
  @Test func `a picture says in words what it shows`() throws {
    let parsed = ParsedSVG(try FlowRender.renderSVG(Example.deployment))
    let root = try #require(parsed.elements.first)
    #expect(root.attributes["role"] == "graphics-document document")
    #expect(root.attributes["viewBox"] != nil)
    #expect(root.attributes["width"] == nil)
    #expect(Array(parsed.texts.prefix(2)) == ["deploy", Example.deployment.description])
    let symbols = parsed.elements.filter { $0.attributes["role"] == "graphics-symbol img" }
    #expect(symbols.count == 7)
    #expect(symbols[0].attributes["aria-label"] == "task build. Build and push the image")
    #expect(parsed.texts.contains("announce needs build_seen from smoke-test"))
    #expect(parsed.links == ["#task-build"])
  }

  @Test func `states, marks and attempts are said aloud`() throws {
    let parsed = ParsedSVG(try FlowRender.renderSVG(Example.inRun))
    let spoken = parsed.elements.compactMap { $0.attributes["aria-label"] }
    #expect(spoken.contains("task smoke-test, failure"))
    #expect(spoken.contains { $0.contains("attempt 2 of 3") })
    let cycle = ParsedSVG(try FlowRender.renderSVG(Example.cyclic))
    #expect(cycle.words.contains("task reserve, in a dependency cycle"))
    #expect(cycle.texts.contains("3"))
  }

  @Test func `colours are in the style sheet only`() throws {
    for example in Example.allCases {
      let svg = try FlowRender.renderSVG(example.drawing)
      let body = try #require(svg.split(separator: "</style>").last)
      #expect(!body.contains(#/#[0-9a-f]{6}/#))
      #expect(!body.contains("Graphviz"))
    }
  }

  @Test func `from forty tasks on symbols are in titles only`() throws {
    func labels(_ count: Int) throws -> Int {
      var drawing = Drawing(title: "")
      for index in 0..<count {
        drawing.nodes.append(.init(name: "t\(index)", tier: index))
        guard index > 0 else { continue }
        drawing.edges.append(.init(from: index - 1, to: index, kind: .data(symbols: ["s"])))
      }
      return try FlowRender.renderSVG(drawing).matches(of: #/class="tfg-label/#).count
    }
    #expect(try labels(39) == 38)
    #expect(try labels(40) == 0)
  }

  @Test(
    arguments: [
      (["a"], "a"), (["a", "b"], "a, b"), (["a", "b", "c", "d"], "a, b +2"),
      (["a_rather_long_symbol", "another_long_one"], "a_rather_long_symbol +1"), ([], nil),
    ] as [([String], String?)])
  func `several symbols are one label`(_ symbols: [String], _ label: String?) {
    #expect(Drawing.Edge(from: 0, to: 1, kind: .data(symbols: symbols)).label == label)
  }

  @Test func `a drawing that refers to nothing is refused by every format`() {
    let broken = [
      Drawing(title: "", nodes: [.init(name: "a")], edges: [.init(from: 0, to: 1)]),
      Drawing(title: "", nodes: [.init(name: "a")], edges: [.init(from: -1, to: 0)]),
      Drawing(title: "", nodes: [.init(name: "a", cluster: 0)]),
      Drawing(title: "", clusters: [.init(name: "a", parent: 0)]),
      Drawing(
        title: "", nodes: [.init(name: "a")], edges: [.init(from: 0, to: 0, targetCluster: 3)]),
    ]
    for drawing in broken {
      #expect(throws: RenderError.self) { try FlowRender.renderSVG(drawing) }
      #expect(throws: RenderError.self) { try FlowRender.dot(drawing) }
      #expect(throws: RenderError.self) { try FlowRender.mermaid(drawing) }
      #expect(throws: RenderError.self) { try FlowRender.text(drawing) }
    }
  }

  @Test func `too much for one picture is an error that says what to do`() {
    let drawing = Drawing(
      title: "", nodes: Array(repeating: .init(name: "a"), count: Drawing.nodeLimit + 1))
    let error = #expect(throws: RenderError.self) { try FlowRender.renderSVG(drawing) }
    #expect(error?.description.contains("fold nested flows") == true)
    #expect((try? FlowRender.text(drawing)) != nil)
  }

  @Test func `a missing plugin is an error that says what to install`() {
    let error = #expect(throws: RenderError.self) {
      try GraphvizPlugin.open(besideLibrary: "/nowhere/lib/libgvc.so.6")
    }
    #expect(error == .layoutPluginMissing(folder: "/nowhere/lib/graphviz"))
    #expect(error?.description.contains("libgraphviz-dev") == true)
  }
}
