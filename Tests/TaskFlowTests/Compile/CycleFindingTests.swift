import FlowDiagnostics
import TaskFlow
import Testing

private let x = Symbol<Int>("x")
private let y = Symbol<Int>("y")

struct CycleFindingTests {
  @Test func `a task with a retry of its own is called by its own name`() throws {
    let text = """
      tfgraph: 1
      flow: ring
      graph:
        - { task: copy, retry: { times: 2 }, requires: [done], run: echo, provides: rows }
        - { task: switch, requires: [rows], run: echo, provides: done }

      """
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "ring.flow.yaml")
    let finding = try #require(reading.compile()?.findings.first)
    #expect(
      finding.message
        == "2 children of graph flow 'ring' wait for each other: 'copy' → 'switch' → 'copy'")
    #expect(
      finding.related.map(\.message) == [
        "'switch' requires 'rows', which 'copy' provides",
        "'copy' requires 'done', which 'switch' provides",
      ])
  }

  @Test func `what leads into a cycle comes before it in the sketch`() throws {
    let z = Symbol<Int>("z")
    let flow = Flow.graph("g") {
      FlowTask("a", requires: y, z, provides: x) { $0 + $1 }
      FlowTask("b", requires: x, provides: y) { $0 + 1 }
      FlowTask("c", provides: z) { 1 }
    }
    let sketch = Compiler().compile(flow).sketch
    let a = try #require(sketch.atoms.first { sketch.name(of: $0) == "a" })
    let provider = sketch.bindings(of: a, for: .execute).last
      .flatMap { sketch.bindings.likeliest(of: $0) }
    #expect(provider.map { sketch.name(of: $0.node) } == "c")
  }

  @Test func `two tasks that require what the other provides wait for each other`() {
    let base = #line
    let flow = Flow.graph("g") {
      FlowTask("a", requires: y, provides: x) { $0 + 1 }
      FlowTask("b", requires: x, provides: y) { $0 + 1 }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error dependency-cycle: 2 children of graph flow 'g' wait for each other: 'a' → 'b' → 'a'
          +3: 'b' requires 'x', which 'a' provides
          +2: 'a' requires 'y', which 'b' provides
          help: drop one of these dependencies, or split a task in two
        """#)
  }

  @Test func `each hop is told with its symbol or its link`() {
    let base = #line
    let flow = linked(
      Flow.graph("g") {
        FlowTask("a", provides: x) { 1 }
        FlowTask("b", requires: x, provides: y) { $0 + 1 }
        FlowTask("c", requires: y) { _ in }
      }, "c", "a")
    #expect(
      findings(in: flow, from: base) == #"""
        +4 error dependency-cycle: 3 children of graph flow 'g' wait for each other: 'a' → 'b' → 'c' → 'a'
          +4: 'b' requires 'x', which 'a' provides
          +5: 'c' requires 'y', which 'b' provides
          +1: 'a' is put after 'c'
          note: the cheapest to cut: 'a' is put after 'c'
          help: drop one of these dependencies, or split a task in two
        """#)
  }

  @Test func `a hop that all cycles have is the one to cut, though another asks for less`() {
    let base = #line
    let flow = linked(
      Flow.graph("g") {
        FlowTask("a", requires: Symbol<Int>("z"), provides: x) { $0 + 1 }
        FlowTask("b", requires: x, provides: y) { $0 + 1 }
        FlowTask("c", requires: y, provides: Symbol<Int>("z")) { $0 + 1 }
        FlowTask("d", requires: y, provides: Symbol<Int>("w")) { $0 + 1 }
        FlowTask("e", requires: Symbol<Int>("w")) { _ in }
      }, "e", "a")
    #expect(
      findings(in: flow, from: base) == #"""
        +4 error dependency-cycle: 3 children of graph flow 'g' wait for each other: 'a' → 'b' → 'c' → 'a'
          +4: 'b' requires 'x', which 'a' provides
          +5: 'c' requires 'y', which 'b' provides
          +3: 'a' requires 'z', which 'c' provides
          note: 2 more children are in other cycles with these
          note: the cheapest to cut: 'b' requires 'x', which 'a' provides; no cycle is left then
          help: drop one of these dependencies, or split a task in two
        """#)
  }

  @Test func `where several cycles have no hop in common that is told`() {
    let base = #line
    let flow = linked(
      linked(
        Flow.graph("g") {
          FlowTask("a", provides: x) { 1 }
          FlowTask("b", requires: x) { _ in }
          FlowTask("c", requires: x) { _ in }
        }, "b", "a"), "c", "a")
    #expect(
      findings(in: flow, from: base) == #"""
        +5 error dependency-cycle: 2 children of graph flow 'g' wait for each other: 'a' → 'b' → 'a'
          +5: 'b' requires 'x', which 'a' provides
          +2: 'a' is put after 'b'
          note: 1 more child is in other cycles with these
          note: the cheapest to cut: 'a' is put after 'b'; other cycles are left then
          help: drop one of these dependencies, or split a task in two
        """#)
  }

  @Test func `a link from a child to itself waits for itself`() {
    let base = #line
    let flow = linked(
      Flow.graph("g") {
        FlowTask("a") {}
      }, "a", "a")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error dependency-cycle: 'a' in graph flow 'g' waits for itself
          +1: 'a' is put after 'a'
          help: drop this link
        """#)
  }

  @Test func `a link against the order of a linear flow is a cycle`() {
    let base = #line
    let flow = linked(
      Flow.linear("f") {
        FlowTask("a") {}
        FlowTask("b") {}
      }, "b", "a")
    #expect(
      findings(in: flow, from: base) == #"""
        +4 error dependency-cycle: 2 children of linear flow 'f' wait for each other: 'a' → 'b' → 'a'
          +4: 'b' follows 'a', as all children of a linear flow do
          +1: 'a' is put after 'b'
          note: the cheapest to cut: 'a' is put after 'b'
          help: drop one of these dependencies, or split a task in two
        """#)
  }

  @Test func `each component is a finding of its own, and what depends on one is none`() {
    let base = #line
    let flow = Flow.graph("g") {
      FlowTask("a", requires: y, provides: x) { $0 + 1 }
      FlowTask("b", requires: x, provides: y) { $0 + 1 }
      FlowTask("c", requires: Symbol<Int>("d"), provides: Symbol<Int>("c")) { $0 + 1 }
      FlowTask("d", requires: Symbol<Int>("c"), provides: Symbol<Int>("d")) { $0 + 1 }
      FlowTask("after", requires: x, Symbol<Int>("d")) { _, _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error dependency-cycle: 2 children of graph flow 'g' wait for each other: 'a' → 'b' → 'a'
          +3: 'b' requires 'x', which 'a' provides
          +2: 'a' requires 'y', which 'b' provides
          help: drop one of these dependencies, or split a task in two
        +5 error dependency-cycle: 2 children of graph flow 'g' wait for each other: 'c' → 'd' → 'c'
          +5: 'd' requires 'c', which 'c' provides
          +4: 'c' requires 'd', which 'd' provides
          help: drop one of these dependencies, or split a task in two
        """#)
  }

  @Test func `of a component the shortest cycle is told`() {
    let base = #line
    let flow = Flow.graph("g") {
      FlowTask("a", requires: Symbol<Int>("c"), y, provides: x) { $0 + $1 }
      FlowTask("b", requires: x, provides: y) { $0 + 1 }
      FlowTask("c", requires: y, provides: Symbol<Int>("c")) { $0 + 1 }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error dependency-cycle: 2 children of graph flow 'g' wait for each other: 'a' → 'b' → 'a'
          +3: 'b' requires 'x', which 'a' provides
          +2: 'a' requires 'y', which 'b' provides
          note: 1 more child is in other cycles with these
          note: the cheapest to cut: 'b' requires 'x', which 'a' provides; no cycle is left then
          help: drop one of these dependencies, or split a task in two
        """#)
  }

  @Test func `flows that wait for each other are told by what their tasks require`() {
    let base = #line
    let flow = Flow.graph("g") {
      Flow.linear("first") {
        FlowTask("a", requires: y) { _ in }
        FlowTask("b", provides: x) { 1 }
      }
      Flow.linear("second") {
        FlowTask("c", requires: x) { _ in }
        FlowTask("d", provides: y) { 1 }
      }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +7 error dependency-cycle: 2 children of graph flow 'g' wait for each other: 'first' → 'second' → 'first'
          +7: 'second' requires 'x', which 'first' provides
          +3: 'first' requires 'y', which 'second' provides
          help: drop one of these dependencies, or split a task in two
        """#)
  }
}

private func linked(_ flow: Flow, _ source: String, _ target: String, line: Int = #line) -> Flow {
  var flow = flow
  flow.link(from: source, to: target, line: line)
  return flow
}
