import FlowDiagnostics
import FlowGraph
import TaskFlow
import Testing

/// Flows of a size at which anything but linear work would not come to an end.
struct CompileScaleTests {
  private func task(
    _ name: String, _ requires: [String] = [], optional: [String] = [], provides: [String] = [],
    line: Int = 1
  ) -> FlowItem {
    let span = SourceSpan(file: "scale", line: line, column: 1)
    return .task(
      FlowTask(
        name: name,
        requirements: requires.map { Requirement(symbol: $0, span: span) }
          + optional.map { Requirement(symbol: $0, isOptional: true, span: span) },
        provision: Provision(
          form: provides.count == 1 ? .whole : .keys,
          items: provides.map { Provision.Item(symbol: $0, span: span) }),
        action: .body { _ in AtomResult() }, span: span))
  }

  private func flow(_ pattern: FlowPattern, _ items: [FlowItem], name: String = "root") -> Flow {
    Flow(
      name: name, pattern: pattern, items: items,
      span: SourceSpan(file: "scale", line: 1, column: 1))
  }

  /// Flows within each other, each with what `items` puts around the next inner one.
  private func nest(
    _ count: Int, _ patterns: [FlowPattern], items: (Int, Flow) -> [FlowItem]
  ) -> Flow {
    var nested = flow(.linear, [], name: "flow0")
    for level in 1..<count {
      nested = flow(patterns[level % patterns.count], items(level, nested), name: "flow\(level)")
    }
    return nested
  }

  @Test func `100,000 tasks one after another`() throws {
    let flow = flow(
      .linear,
      (0..<100_000).map { task("t\($0)", $0 == 0 ? [] : ["s\($0 - 1)"], provides: ["s\($0)"]) })
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
    #expect(try #require(compilation.plan).edges.count == 100_001)
  }

  @Test func `20,000 tasks in no order`() throws {
    let flow = flow(.unordered, (0..<20_000).map { task("t\($0)", provides: ["s\($0)"]) })
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
    #expect(try #require(compilation.plan).edges.count == 40_000)
  }

  @Test func `a graph of 100,000 tasks in layers of 32`() throws {
    let flow = flow(
      .graph,
      (0..<100_000).map { index in
        let above = index / 32 * 32 - 32
        let inputs = above < 0 ? [] : [above + index % 32, above + (index % 32 * 7 + 1) % 32]
        return task("t\(index)", inputs.map { "s\($0)" }, provides: ["s\(index)"])
      })
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
    #expect(try #require(compilation.plan).tiers?.count == 3_125)
  }

  @Test func `100,000 flows within each other`() throws {
    let compilation = Compiler().compile(nest(100_000, [.linear], items: { [.flow($1)] }))
    #expect(compilation.findings == [])
    #expect(try #require(compilation.plan).flows.last?.depth == 99_999)
  }

  @Test(arguments: FlowPattern.allCases)
  func `10,000 flows within each other that all provide and read one symbol`(
    pattern: FlowPattern
  ) {
    let flow = nest(10_000, [pattern]) { level, nested in
      [
        task("first\(level)", provides: ["x"]), .flow(nested),
        task("last\(level)", optional: ["x"]),
      ]
    }
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings.filter { $0.severity == .error } == [])
  }

  @Test func `a thousand levels of twenty tasks that share symbols`() {
    let flow = nest(1_000, FlowPattern.allCases) { level, nested in
      (0..<20).map { task("t\(level)-\($0)", optional: ["x", "s\($0)"], provides: ["s\($0)"]) }
        + [.flow(nested)]
    }
    let compilation = Compiler().compile(flow)
    #expect(compilation.sketch.tasks.count == 19_980)
    #expect(compilation.findings.allSatisfy { $0.severity == .warning })
  }

  @Test func `20,000 missing requirements are found, each with a place`() {
    let flow = flow(
      .linear,
      (0..<20_000).map { task("t\($0)", ["wanted\($0)"], provides: ["given\($0)"], line: $0 + 1) })
    let findings = Compiler().compile(flow).findings
    #expect(findings.count == 20_000)
    #expect(findings.map(\.span.line) == Array(1...20_000))
    #expect(findings.allSatisfy { $0.rule == "missing-requirement" })
  }

  @Test(arguments: [["x"], ["x", "y"]])
  func `symbols that 20,000 tasks provide and read`(symbols: [String]) throws {
    let flow = flow(
      .linear,
      (0..<20_000).map { task("t\($0)", $0 == 0 ? [] : symbols, provides: symbols) })
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
    let plan = try #require(compilation.plan)
    let last = try #require(plan.atoms.last)
    let binding = try #require(plan.bindings(of: last, for: .execute).first)
    #expect(plan.bindings.likeliest(of: binding)?.node == last - 1)
  }

  @Test func `a graph of 40,000 optional requirements`() throws {
    let flow = flow(
      .graph,
      (0..<20_000).map { index in
        task(
          "t\(index)", optional: ["s\((index * 31 + 7) % 20_000)", "s\(index / 2)"],
          provides: ["s\(index)"])
      })
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
  }

  @Test func `a graph in which 20,000 tasks may read what all of them provide`() {
    var chain = flow(
      .graph, (0..<20_000).map { task("t\($0)", optional: ["x"], provides: ["x"]) })
    for index in 1..<20_000 {
      chain.link(from: "t\(index - 1)", to: "t\(index)")
    }
    let plan = Compiler().compile(chain).sketch
    let visible = plan.atoms.compactMap { atom in
      plan.bindings(of: atom, for: .execute).first.flatMap { plan.bindings.likeliest(of: $0)?.node }
    }
    #expect(visible == Array(plan.atoms.dropLast()))
  }

  @Test func `20,000 tasks of a graph with as many possible providers`() {
    let flow = flow(
      .graph, (0..<20_000).map { task("t\($0)", ["x"], provides: ["x"], line: $0 + 1) })
    let findings = Compiler().compile(flow).findings
    #expect(findings.count == 20_000)
    #expect(findings.allSatisfy { $0.rule == "conflicting-provides" })
  }

  @Test func `20,000 links to nowhere`() {
    var flow = flow(.graph, (0..<20_000).map { task("t\($0)") })
    for index in 0..<20_000 {
      flow.link(from: "u\(index)", to: "t\(index)", line: index + 1)
    }
    let findings = Compiler().compile(flow).findings
    #expect(findings.count == 20_000)
    #expect(findings.allSatisfy { $0.rule == "unknown-name" })
  }

  @Test func `a cycle of 20,000 tasks is one finding of bounded length`() throws {
    let flow = flow(
      .graph,
      (0..<20_000).map {
        task("t\($0)", ["s\(($0 + 1) % 20_000)"], provides: ["s\($0)"], line: $0 + 1)
      })
    let findings = Compiler().compile(flow).findings
    #expect(findings.count == 1)
    let finding = try #require(findings.first)
    #expect(finding.rule == "dependency-cycle")
    #expect(finding.message.count < 300)
    #expect(finding.related.count == 50)
    #expect(finding.notes == ["19950 more hops lead back to 't0'"])
  }
}
