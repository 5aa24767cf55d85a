import FlowDiagnostics
import TaskFlow
import Testing

private let x = Symbol<Int>("x")

struct NameAndTypeFindingTests {
  @Test func `a task with the name of a task is declared twice`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a") {}
      FlowTask("a") {}
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error duplicate-name: task 'a' is declared twice
          +2: task 'a' is declared here
          help: rename one: each task, flow and retry controller has a name of its own
        """#)
  }

  @Test func `a flow, a controller and a task have names of their own`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a") {}
      Flow.linear("a", retry: .alwaysRevert("f")) {}
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error duplicate-name: flow 'a' has the same name as task 'a'
          +2: task 'a' is declared here
          help: rename one: each task, flow and retry controller has a name of its own
        +3 error duplicate-name: retry controller 'f' has the same name as flow 'f'
          +1: flow 'f' is declared here
          help: rename one: each task, flow and retry controller has a name of its own
        """#)
  }

  @Test func `among many names just those are found that are used twice`() {
    var flow = Flow(name: "f", pattern: .unordered, span: SourceSpan(file: "f", line: 1, column: 1))
    for number in 1...20_000 {
      flow.append(
        FlowTask(
          name: "t\(number % 19_900)", action: .body { _ in AtomResult() },
          span: SourceSpan(file: "f", line: number, column: 1)))
    }
    let found = Compiler().compile(flow).findings.filter { $0.rule == "duplicate-name" }
    #expect(found.map(\.span.line) == Array(19_901...20_000))
    #expect(found.map { $0.related[0].span.line } == Array(1...100))
  }

  @Test func `an input hides what a task provides, also where nobody reads it after`() {
    let span = SourceSpan(file: #fileID, line: #line + 2, column: 1)
    let base = #line
    var flow = Flow.linear("f") {
      FlowTask("reader", requires: x) { _ in }
      FlowTask("a", provides: x) { 1 }
    }
    flow.inputs = [FlowInput(symbol: "x", span: span)]
    #expect(
      findings(in: flow, from: base) == #"""
        +1 warning shadowed-symbol: input 'x' hides what task 'a' provides under that name
          +3: provided here, and whoever requires it reads the input
          help: rename the input, or what the task provides
        """#)
  }

  @Test func `what a task's own revert sees of it is not hidden`() {
    let base = #line
    var flow = Flow.linear("f") {
      FlowTask("a", provides: x) { 1 }.reverting { _ in }
    }
    flow.inputs = [FlowInput(symbol: "x", span: SourceSpan(file: #fileID, line: 1, column: 1))]
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `an input hides what a task provides`() {
    let base = #line
    let flow = {
      var flow = Flow.linear("f") {
        FlowTask("p", provides: x) { 1 }
        FlowTask("a", requires: x) { _ in }
        FlowTask("b", requires: x) { _ in }
      }
      flow.inputs = [
        FlowInput(symbol: "x", span: SourceSpan(file: #fileID, line: #line, column: 1))
      ]
      return flow
    }()
    #expect(
      findings(in: flow, from: base) == #"""
        +8 warning shadowed-symbol: input 'x' hides what task 'p' provides under that name
          +3: provided here, and read by nobody
          +4: task 'a' reads the input
          help: rename the input, or what the task provides
        """#)
  }

  @Test func `a value of the store hides what a graph child provides further up`() {
    let base = #line
    let flow = linked(
      linked(
        Flow.graph("g") {
          FlowTask("p", provides: x) { 1 }
          FlowTask("m") {}
          FlowTask("a", requires: x.optional) { _ in }
        }, "p", "m"), "m", "a")
    #expect(
      findings(in: flow, store: ["x"], from: base) == #"""
        +4 warning shadowed-symbol: input 'x' hides what task 'p' provides under that name
          +6: task 'a' reads the input
          help: rename the input, or what the task provides
        """#)
  }

  @Test func `an input that is provided again after all its readers hides nothing`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: x) { _ in }
      FlowTask("p", provides: x) { 1 }
    }
    #expect(findings(in: flow, store: ["x"], from: base) == "")
  }

  @Test func `a reader of another type than the provider's is an error`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("p", provides: Symbol<String>("x")) { "1" }
      FlowTask("a", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error type-mismatch: task 'a' reads 'x' as int, but it is provided as string
          +2: provided as string
          help: give both the same type
        """#)
  }

  @Test func `a reader of another type than the input's is an error`() {
    let base = #line
    let flow = {
      var flow = Flow.linear("f") {
        FlowTask("a", requires: x) { _ in }
      }
      flow.inputs = [
        FlowInput(
          symbol: "x", type: .string, span: SourceSpan(file: #fileID, line: #line, column: 1))
      ]
      return flow
    }()
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error type-mismatch: task 'a' reads 'x' as int, but it is provided as string
          +7: provided as string
          help: give both the same type
        """#)
  }

  @Test func `types that convert, wrap or are unknown are fine`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("p", provides: x, Symbol<FlowValue>("any")) { (1, .null) }
      FlowTask("a", requires: Symbol<Double>("x"), x.optional, Symbol<String>("any")) { _, _, _ in }
      FlowTask("b", requires: Symbol<FlowValue>("x")) { _ in }
    }
    #expect(findings(in: flow, from: base) == "")
  }
}

private func linked(_ flow: Flow, _ source: String, _ target: String, line: Int = #line) -> Flow {
  var flow = flow
  flow.link(from: source, to: target, line: line)
  return flow
}
