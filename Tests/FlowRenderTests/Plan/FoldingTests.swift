import FlowDiagnostics
import FlowRender
import TaskFlow
import Testing

@Suite struct FoldingTests {
  private static let span = SourceSpan(file: "test", line: 1, column: 1)

  private static func flow(_ name: String, _ pattern: FlowPattern, tasks: Int) -> Flow {
    var flow = Flow(name: name, pattern: pattern, span: span)
    for index in 0..<tasks {
      flow.append(FlowTask(name: "\(name)-\(index)", action: .wait(.duration(.zero)), span: span))
    }
    return flow
  }

  @Test func `deeper levels are one box each`() throws {
    let plan = try SampleFlow.vmBoot.plan
    let names = (0...3).map { depth in
      FlowPicture(plan, options: .init(depth: depth)).drawing.nodes.map(\.name)
    }
    #expect(names[0] == ["vm-boot"])
    #expect(names[1] == ["define-spec", "prepare", "write-net-settings", "boot-it"])
    #expect(names[2].count == 6)
    #expect(names[3].contains("download-images.flow"))
    let folded = FlowPicture(plan, options: .init(depth: 3)).drawing
    #expect(folded.nodes.first { $0.kind == .foldedFlow }?.detail == "1 task · ↻ 3×")
    #expect(folded.edges.count == FlowPicture(plan).drawing.edges.count)
  }

  @Test func `a flow that is too wide is one box and its neighbours are not`() {
    var outer = Flow(name: "outer", pattern: .linear, span: Self.span)
    outer.append(Self.flow("wide", .unordered, tasks: 5_000))
    outer.append(Self.flow("narrow", .unordered, tasks: 3))
    let drawing = FlowPicture(Compiler().compile(outer).sketch).drawing
    #expect(drawing.nodes.map(\.name) == ["wide", "narrow-0", "narrow-1", "narrow-2"])
    #expect(drawing.nodes[0].detail == "5000 tasks")
  }

  @Test func `a hundred thousand tasks, wide, long or nested, have a picture`() throws {
    var nested = Self.flow("f0", .linear, tasks: 1)
    for depth in 1..<10_000 {
      var outer = Self.flow("f\(depth)", .linear, tasks: 1)
      outer.append(nested)
      nested = outer
    }
    let flows = [
      Self.flow("wide", .unordered, tasks: 100_000), Self.flow("long", .linear, tasks: 100_000),
      nested,
    ]
    for flow in flows {
      let picture = FlowPicture(Compiler().compile(flow).sketch)
      #expect(picture.drawing.defect == nil)
      #expect(ParsedSVG(try picture.svg()).problem == nil)
    }
  }

  @Test func `wide flows after each other have lines in proportion`() {
    var outer = Flow(name: "outer", pattern: .linear, span: Self.span)
    for index in 0..<4 { outer.append(Self.flow("flow-\(index)", .unordered, tasks: 200)) }
    let drawing = FlowPicture(Compiler().compile(outer).sketch).drawing
    #expect(drawing.nodes.count == 803)
    #expect(drawing.edges.count == 1_200)
  }

  @Test func `a flow full of mistakes stays within the limits`() {
    var flow = Flow(name: "broken", pattern: .graph, span: Self.span)
    for index in 0..<900 {
      flow.append(
        FlowTask(
          name: "task-\(index)",
          requirements: (0..<20).map { Requirement(symbol: "s\(index)_\($0)", span: Self.span) },
          action: .wait(.duration(.zero)), span: Self.span))
    }
    let drawing = FlowPicture(Compiler().compile(flow).sketch).drawing
    #expect(drawing.defect == nil)
    #expect(drawing.nodes.count { $0.kind == .ghost } == 50)
  }
}
