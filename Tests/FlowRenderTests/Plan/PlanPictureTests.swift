import FlowDiagnostics
import FlowRender
import TaskFlow
import Testing

@Suite struct PlanPictureTests {
  private static func sketch(_ text: String) throws -> Plan {
    try SampleFlow.compilation(of: "tfgraph: 1\nflow: sample\n" + text).sketch
  }

  @Test(arguments: [
    ("times: 3", "↻ 3×"), ("retries: 3", "↻ 4×"), ("for_each: [a, b]", "↻ each of 2"),
    ("times: 3, backoff: { initial: 10s, factor: 3, max: 2m }", "↻ 3× · 10s…30s"),
    ("times: 9, backoff: { initial: 10s, factor: 3, max: 2m }", "↻ 9× · 10s…2m"),
    ("times: 2, backoff: { initial: 10s }", "↻ 2× · 10s"),
    ("times: 1, backoff: { initial: 10s }", "↻ 1×"),
    ("never", "never ↩"), ("never-all", "never, ↩ all"),
  ])
  func `a badge says how often and with which pauses`(_ retry: String, _ badge: String) throws {
    let value = retry.hasPrefix("never") ? retry : "{ \(retry) }"
    let plan = try Self.sketch("retry: \(value)\nlinear: [{ task: a, run: x }]")
    let drawing = FlowPicture(plan).drawing
    #expect(drawing.clusters.map(\.badge) == [badge])
    #expect(drawing.clusters.first?.kind == .areaOfInfluence)
  }

  @Test func `two unordered flows after each other meet in one dot`() throws {
    let plan = try Self.sketch(
      """
      linear:
        - flow: first
          unordered: [{ task: a, run: x }, { task: b, run: x }]
        - flow: second
          unordered: [{ task: c, run: x }, { task: d, run: x }]
      """)
    let drawing = FlowPicture(plan).drawing
    #expect(drawing.nodes.filter { $0.kind.isDot }.map(\.cluster) == [nil])
    #expect(drawing.edges.count == 4)
  }

  @Test func `a dot is left out where data says the same`() throws {
    let plan = try Self.sketch(
      """
      linear:
        - flow: first
          unordered: [{ task: a, run: x, provides: p }, { task: b, run: x, provides: q }]
        - flow: second
          unordered: [{ task: c, run: x, requires: [p, q] }, { task: d, run: x, requires: [p, q] }]
      """)
    let drawing = FlowPicture(plan).drawing
    #expect(drawing.nodes.allSatisfy { !$0.kind.isDot })
    #expect(drawing.edges.count == 4)
  }

  @Test func `what a controller provides and reads ends at its frame`() throws {
    let plan = try Self.sketch(
      """
      linear:
        - { task: list, run: x, provides: { mirrors: stdout.json } }
        - flow: acquire
          retry: { for_each: mirrors, provides: mirror }
          linear: [{ task: fetch, run: x, requires: [mirror] }]
        - { task: report, run: x, requires: [mirror] }
      """)
    let drawing = FlowPicture(plan).drawing
    #expect(
      drawing.edges.map(\.tooltip) == [
        "acquire needs mirrors from list", "report needs mirror from acquire",
      ])
    #expect(drawing.edges.map(\.targetCluster) == [0, nil])
    #expect(drawing.edges.map(\.sourceCluster) == [nil, 0])
  }

  @Test func `a link's decider is a line with its question`() throws {
    var flow = Flow(
      name: "decided", pattern: .graph, span: SourceSpan(file: "test", line: 1, column: 1))
    flow.append(FlowTask("ask") {})
    flow.append(FlowTask("act") {})
    flow.link(
      from: "ask", to: "act",
      decider: LinkDecider(depth: .atom, summary: "there is something to do") { _ in true })
    let drawing = FlowPicture(Compiler().compile(flow).sketch).drawing
    #expect(drawing.edges.map(\.kind) == [.decider(condition: "there is something to do")])
    #expect(
      drawing.edges[0].tooltip
        == "after ask, act runs if: there is something to do; else only it is skipped")
  }

  @Test func `an invalid flow is drawn with what is wrong`() throws {
    let plan = try Self.sketch(
      """
      graph:
        - { task: a, run: x, requires: [from_c, nowhere], provides: from_a }
        - { task: b, run: x, requires: [from_a], provides: from_b }
        - flow: c
          linear: [{ task: c1, run: x, requires: [from_b], provides: from_c }]
        - { task: d, run: x, provides: twice }
        - { task: e, run: x, provides: twice }
        - { task: f, run: x, requires: [twice] }
      """)
    let drawing = FlowPicture(plan).drawing
    let hops = drawing.edges.compactMap { edge -> String? in
      guard case .cycleHop(let number, let symbols) = edge.kind else { return nil }
      return
        "\(number) \(drawing.nodes[edge.source].name) \(symbols) \(drawing.nodes[edge.target].name)"
    }
    #expect(hops == [#"1 a ["from_a"] b"#, #"2 b ["from_b"] c1"#, #"3 c1 ["from_c"] a"#])
    #expect(drawing.nodes.filter { $0.kind == .ghost }.map(\.name) == ["nowhere"])
    #expect(drawing.nodes.filter { $0.kind == .symbol }.map(\.name) == ["twice"])
    let marks = Dictionary(uniqueKeysWithValues: drawing.nodes.map { ($0.name, $0.marks) })
    #expect(marks["a"] == [.inCycle, .missing])
    #expect(marks["d"] == [.conflict] && marks["e"] == [.conflict] && marks["f"] == [])
    #expect(drawing.description.contains("1 dependency cycle; 1 missing symbol; 1 conflict"))
    #expect(ParsedSVG(try FlowPicture(plan).svg()).problem == nil)
  }

  @Test func `what has one name twice is marked`() throws {
    let flow = Flow.linear("f") {
      FlowTask("a") {}
      FlowTask("b") {}
      Flow.unordered("inner") { FlowTask("a") {} }
    }
    let drawing = FlowPicture(Compiler().compile(flow).sketch).drawing
    #expect(drawing.nodes.map(\.marks) == [[.sameName], [], [.sameName]])
    #expect(drawing.description.contains("1 name used again"))
  }

  @Test func `a run is drawn with the states of its atoms`() throws {
    let plan = try SampleFlow.deploy.plan
    let atoms = Dictionary(uniqueKeysWithValues: plan.atoms.map { (plan.name(of: $0), $0) })
    let options = FlowPicture.Options(
      depth: nil,
      states: [atoms["build"] ?? 0: .success, atoms["canary"] ?? 0: .reverting],
      attempts: [atoms["rollout.retry"] ?? 0: 1])
    let drawing = FlowPicture(plan, options: options).drawing
    #expect(drawing.nodes.prefix(3).map(\.state) == [.success, .plain, .reverting])
    #expect(drawing.clusters.map(\.attempts) == [.init(made: 1, allowed: 2)])
    var folded = options
    folded.depth = 1
    let states = FlowPicture(plan, options: folded).drawing.nodes.map(\.state)
    #expect(states == [.success, .plain, .reverting, .plain])
    for state in FlowPicture.AtomState.allCases {
      #expect(Drawing.State(rawValue: state.rawValue) != nil)
    }
  }

  @Test func `a flow without tasks has a picture`() throws {
    for text in ["linear: []", "retry: never\nlinear: []", "linear: [{ flow: inner, linear: [] }]"]
    {
      let picture = FlowPicture(try Self.sketch(text))
      #expect(picture.drawing.nodes.count == 1)
      #expect(ParsedSVG(try picture.svg()).problem == nil)
    }
  }
}
