import FlowDiagnostics
import TaskFlow
import Testing

private let x = Symbol<Int>("x")

struct OrderFindingTests {
  @Test func `nothing is said about the order of children that a target leaves out`() {
    var flow = Flow.graph("g") {
      FlowTask("a") {}
      FlowTask("b") {}
      FlowTask("c") {}
    }
    flow.link(from: "a", to: "b")
    flow.link(from: "b", to: "c")
    flow.target = Flow.Target(name: "b", span: flow.span)
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
    #expect(compilation.plan?.tasks.map(\.name) == ["a", "b"])
  }

  @Test func `unordered siblings that depend on each other are an error`() {
    let base = #line
    let flow = Flow.unordered("u") {
      FlowTask("a", provides: x) { 1 }
      FlowTask("b", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error unordered-dependency: task 'b' requires 'x', which nothing before it provides
          +2: task 'a' provides it, but has no order to task 'b' in unordered flow 'u'
          help: make flow 'u' a graph, or linear with task 'a' before task 'b'
        """#)
  }

  @Test func `siblings in flows that have no order are told by those flows`() {
    let base = #line
    let flow = Flow.unordered("u") {
      Flow.linear("first") {
        FlowTask("a", provides: x) { 1 }
      }
      Flow.linear("second") {
        FlowTask("b", requires: x) { _ in }
      }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +6 error unordered-dependency: task 'b' requires 'x', which nothing before it provides
          +3: task 'a' provides it, but has no order to task 'b' in unordered flow 'u'
          help: make flow 'u' a graph, or linear with flow 'first' before flow 'second'
        """#)
  }

  @Test func `a sibling that is not read is a warning when the value comes from further out`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("p", provides: x) { 1 }
      Flow.unordered("u") {
        FlowTask("a", requires: x) { _ in }
        FlowTask("b", provides: x) { 2 }
      }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +4 warning unordered-dependency: task 'a' does not read 'x' from task 'b': they have no order in an unordered flow
          +5: task 'b' provides it here
          +2: it is read from task 'p'
          help: give one of them another symbol, or make the flow a graph
        """#)
  }

  @Test func `a sibling that is not read is a warning when the value is an input`() {
    let base = #line
    let flow = Flow.unordered("u") {
      FlowTask("a", requires: x) { _ in }
      FlowTask("b", provides: x) { 2 }
    }
    #expect(
      findings(in: flow, store: ["x"], from: base) == #"""
        +2 warning unordered-dependency: task 'a' does not read 'x' from task 'b': they have no order in an unordered flow
          +3: task 'b' provides it here
          help: give one of them another symbol, or make the flow a graph
        """#)
  }

  @Test func `unordered siblings see their controller without a warning`() {
    let base = #line
    let flow = Flow.unordered("u", retry: .times("r", attempts: 3, provides: x)) {
      FlowTask("a", requires: x) { _ in }
      FlowTask("b", requires: x) { _ in }
    }
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `a link in an unordered flow is an error`() {
    let base = #line
    let flow = linked(
      Flow.unordered("u") {
        FlowTask("a") {}
        FlowTask("b") {}
      }, "a", "b")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error unordered-dependency: 'b' is put after 'a' in unordered flow 'u'
          +2: the children of this flow have no order
          help: make the flow a graph, or drop the order
        """#)
  }

  @Test func `a link from a name that the flow lacks is an error with a suggestion`() {
    let base = #line
    let flow = linked(
      Flow.graph("g") {
        FlowTask("build") {}
        FlowTask("deploy") {}
      }, "biuld", "deploy")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error unknown-name: graph flow 'g' has no child 'biuld' to put 'deploy' after
          help: did you mean 'build'?
        """#)
  }

  @Test func `a link to a name that the flow lacks is an error`() {
    let base = #line
    let flow = linked(
      Flow.graph("g") {
        FlowTask("build") {}
      }, "build", "somewhere")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error unknown-name: graph flow 'g' has no child 'somewhere' to be put after 'build'
          help: name a child of flow 'g'
        """#)
  }

  @Test func `a link to a task in another flow says where that is`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("far") {}
      linked(
        Flow.graph("g") {
          FlowTask("near") {}
        }, "far", "near")
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error unknown-name: graph flow 'g' has no child 'far' to put 'near' after
          +2: task 'far' is a child of flow 'f'
          help: links join children of one flow: drop it, or link the flows around
        """#)
  }

  @Test func `a link to a task in a nested flow names the flow that contains it`() {
    let base = #line
    let flow = linked(
      Flow.graph("g") {
        Flow.linear("inner") {
          FlowTask("deep") {}
        }
        FlowTask("near") {}
      }, "deep", "near")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error unknown-name: graph flow 'g' has no child 'deep' to put 'near' after
          +4: task 'deep' is a child of flow 'inner'
          help: name flow 'inner', which contains it
        """#)
  }

  @Test func `a link to a controller or to the flow itself says so`() {
    let base = #line
    let flow = linked(
      linked(
        Flow.graph("g", retry: .alwaysRevert("r")) {
          FlowTask("a") {}
        }, "r", "a"), "g", "a")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error unknown-name: graph flow 'g' has no child 'g' to put 'a' after
          +3: this is the flow itself
          help: links join children of one flow: drop it, or link the flows around
        +2 error unknown-name: graph flow 'g' has no child 'r' to put 'a' after
          +3: this is a retry controller, which starts before the children of its flow
          help: links join children of one flow: drop it, or link the flows around
        """#)
  }

  @Test func `an unknown target is an error with a suggestion`() {
    let base = #line
    let flow = targeted(
      Flow.graph("g") {
        FlowTask("deploy") {}
      }, "depoly")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error unknown-name: flow 'g' has no child 'depoly' to keep
          help: did you mean 'deploy'?
        """#)
  }

  @Test func `a link to a task that the target leaves out is left out with it`() throws {
    let flow = targeted(
      linked(
        Flow.graph("g") {
          FlowTask("build") {}
          FlowTask("deploy") {}
        }, "build", "deploy"), "build")
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
    #expect(try #require(compilation.plan).tasks.map(\.name) == ["build"])
  }

  @Test func `an unknown target without a similar name is an error`() {
    let base = #line
    let flow = targeted(
      Flow.graph("g") {
        FlowTask("deploy") {}
      }, "x")
    #expect(
      findings(in: flow, from: base) == #"""
        +1 error unknown-name: flow 'g' has no child 'x' to keep
          help: name a child of the flow
        """#)
  }
}

private func linked(_ flow: Flow, _ source: String, _ target: String, line: Int = #line) -> Flow {
  var flow = flow
  flow.link(from: source, to: target, line: line)
  return flow
}

private func targeted(_ flow: Flow, _ name: String, line: Int = #line) -> Flow {
  var flow = flow
  flow.target = Flow.Target(
    name: name, span: SourceSpan(file: #fileID, line: line, column: 1))
  return flow
}
