import FlowDiagnostics
import Foundation
import Testing

@testable import FlowRender

@Suite struct DeterminismTests {
  @Test func `renders at the same time give the same bytes`() async throws {
    let drawing = Example.sixtyTasks
    let expected = try FlowRender.renderSVG(drawing)
    let pictures = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try FlowRender.renderSVG(drawing) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(pictures.count == 8)
    #expect(pictures.allSatisfy { $0 == expected })
  }

  @Test(arguments: 0..<UInt64(200))
  func `any drawing is drawn, twice the same`(_ seed: UInt64) throws {
    let drawing = RandomDrawing.made(seed: seed)
    let svg = try FlowRender.renderSVG(drawing)
    #expect(ParsedSVG(svg).problem == nil)
    #expect(try FlowRender.renderSVG(drawing) == svg)
    let measures = Measures(of: drawing)
    let layout = try GraphvizLayout.of(drawing, measures)
    #expect(LayoutLaws.violations(in: drawing, measures, layout) == [])
    for picture in [try FlowRender.dot(drawing), try FlowRender.mermaid(drawing)] {
      #expect(picture.hasSuffix("\n"))
    }
    for line in try FlowRender.text(drawing).split(separator: "\n") {
      #expect(ColumnText.width(String(line)) <= 80)
    }
  }

  @Test func `two thousand tasks are laid out`() throws {
    let svg = try FlowRender.renderSVG(RandomDrawing.large(nodes: 2_000))
    #expect(svg.contains("task-1999"))
    #expect(!svg.contains("class=\"tfg-label"))
  }

  @Test(arguments: Example.allCases)
  func `a drawing comes back from JSON as it was`(_ example: Example) throws {
    let data = try JSONEncoder().encode(example.drawing)
    #expect(try JSONDecoder().decode(Drawing.self, from: data) == example.drawing)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.001, "0"), (1, "1"), (1.5, "1.5"), (1.255, "1.25"), (-2.05, "-2.05"),
    (100.10, "100.1"), (.nan, "0"), (.infinity, "0"), (1e300, "0"),
  ])
  func `numbers are short`(_ value: Double, _ text: String) {
    #expect(Decimals.text(value) == text)
  }
}
