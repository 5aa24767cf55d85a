import FlowDiagnostics
import TaskFlow
import Testing

private let x = Symbol<Int>("x")
private let y = Symbol<Int>("y")

struct MissingFindingTests {
  @Test func `what nothing provides is missing, and an input is suggested`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error missing-requirement: task 'a' requires 'x', which nothing provides
          help: declare 'x' as an input, or have something before it provide it
        """#)
  }

  @Test func `a misspelt symbol is told by the nearest name`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("build", provides: Symbol<Int>("digest")) { 1 }
      FlowTask("deploy", requires: Symbol<Int>("digset")) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error missing-requirement: task 'deploy' requires 'digset', which nothing provides
          help: did you mean 'digest', provided by task 'build'?
        """#)
  }

  @Test func `a misspelt input is told as an input`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("deploy", requires: Symbol<Int>("verison")) { _ in }
    }
    #expect(
      findings(in: flow, store: ["version"], from: base) == #"""
        +2 error missing-requirement: task 'deploy' requires 'verison', which nothing provides
          help: did you mean the input 'version'?
        """#)
  }

  @Test func `a provider that comes later is named with what to move`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: x) { _ in }
      FlowTask("b", provides: x) { 1 }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error missing-requirement: task 'a' requires 'x', which nothing before it provides
          +3: task 'b' provides it, but comes later in linear flow 'f'
          help: move task 'b' before task 'a'
        """#)
  }

  @Test func `a provider in a nested flow that comes later is named, and the flow is to be moved`()
  {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.linear("first") {
        FlowTask("a", requires: x) { _ in }
      }
      Flow.linear("second") {
        FlowTask("b", provides: x) { 1 }
      }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error missing-requirement: task 'a' requires 'x', which nothing before it provides
          +6: task 'b' provides it, but comes later in linear flow 'f'
          help: move flow 'second' before flow 'first'
        """#)
  }

  @Test func `a revert with symbols of its own is checked as well`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", provides: x) { 1 }
        .reverting(requires: y) { _, _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error missing-requirement: task 'a' requires 'y' for its revert, which nothing provides
          help: declare 'y' as an input, or have something before it provide it
        """#)
  }

  @Test func `what execute and revert both lack is reported once`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: x) { _ in }
        .reverting { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error missing-requirement: task 'a' requires 'x', which nothing provides
          help: declare 'x' as an input, or have something before it provide it
        """#)
  }

  @Test func `a condition is checked as well`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a") {}
        .changing {
          $0.condition = Condition(
            requirements: [
              Requirement(symbol: "x", span: SourceSpan(file: #fileID, line: #line, column: 1))
            ],
            summary: "x > 1", span: SourceSpan(file: #fileID, line: #line, column: 1)
          ) { _ in true }
        }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +6 error missing-requirement: task 'a' requires 'x' for its condition, which nothing provides
          help: declare 'x' as an input, or have something before it provide it
        """#)
  }

  @Test func `a controller that needs what its own flow provides is told so`() {
    let base = #line
    let flow = Flow.linear("outer") {
      Flow.linear("f", retry: .forEach("r", valuesOf: Symbol<[Int]>("list"), provides: x)) {
        FlowTask("a", provides: Symbol<[Int]>("list")) { [1] }
      }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error missing-requirement: retry controller 'r' requires 'list', which nothing before it provides
          +3: task 'a' provides it, but runs after retry controller 'r'
          help: retry controller 'r' starts before all of flow 'f': provide it outside of that flow
        """#)
  }

  @Test func `all that is missing is reported, in the order of its places`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("b", requires: y, x) { _, _ in }
      FlowTask("a", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error missing-requirement: task 'b' requires 'x', which nothing provides
          help: declare 'x' as an input, or have something before it provide it
        +2 error missing-requirement: task 'b' requires 'y', which nothing provides
          help: declare 'y' as an input, or have something before it provide it
        +3 error missing-requirement: task 'a' requires 'x', which nothing provides
          help: declare 'x' as an input, or have something before it provide it
        """#)
  }

  @Test func `of many invisible providers three are shown`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: x) { _ in }
      for index in 0..<5 { FlowTask("p\(index)", provides: x) { index } }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error missing-requirement: task 'a' requires 'x', which nothing before it provides
          +3: task 'p0' provides it, but comes later in linear flow 'f'
          +3: task 'p1' provides it, but comes later in linear flow 'f'
          +3: task 'p2' provides it, but comes later in linear flow 'f'
          note: 2 more provide it where it is not visible
          help: move task 'p0' before task 'a'
        """#)
  }

  @Test func `a similar name that only the task itself provides is not suggested`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: Symbol<Int>("count"), provides: Symbol<Int>("counts")) { $0 + 1 }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error missing-requirement: task 'a' requires 'count', which nothing provides
          help: declare 'count' as an input, or have something before it provide it
        """#)
  }

  @Test func `an optional requirement may be missing`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: x.optional) { _ in }
    }
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `an injected, an input's and a store's value are not missing`() {
    let base = #line
    let flow = {
      var flow = Flow.linear("f") {
        FlowTask("a", requires: x, y, Symbol<Int>("z")) { _, _, _ in }.injecting(x, 1)
      }
      flow.inputs = [
        FlowInput(symbol: "y", span: SourceSpan(file: #fileID, line: #line, column: 1))
      ]
      return flow
    }()
    #expect(findings(in: flow, store: ["z"], from: base) == "")
  }

  @Test func `a rebound parameter is looked for under the symbol that it is read from`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("p", provides: x) { 1 }
      FlowTask("a", requires: x) { _ in }.rebinding(x, to: y)
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +3 error missing-requirement: task 'a' requires 'y', which nothing provides
          help: declare 'y' as an input, or have something before it provide it
        """#)
  }

  @Test func `what a target leaves out is told`() {
    let base = #line
    let flow = Flow.linear("f") {
      targeted(
        Flow.graph("g") {
          FlowTask("kept") {}
          FlowTask("dropped", provides: x) { 1 }
        }, "kept")
      FlowTask("a", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +7 error missing-requirement: task 'a' requires 'x', which nothing provides
          +5: task 'dropped' provides it, but is left out: no target needs it
          help: drop the target, or put task 'dropped' before it
        """#)
  }

  @Test func `a task that requires what only it provides depends on itself`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("a", requires: x, provides: x) { $0 + 1 }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +2 error self-requirement: task 'a' requires 'x', which nothing before it provides
          +2: task 'a' provides it itself, but has to have it before
          help: rename what it provides, or have something before it provide the first value
        """#)
  }

  @Test func `a task that changes what an earlier one provides does not depend on itself`() {
    let base = #line
    let flow = Flow.linear("f") {
      FlowTask("p", provides: x) { 1 }
      FlowTask("a", requires: x, provides: x) { $0 + 1 }
      FlowTask("b", requires: x, provides: x) { $0 + 1 }
    }
    #expect(findings(in: flow, from: base) == "")
  }
}

private func targeted(_ flow: Flow, _ name: String, line: Int = #line) -> Flow {
  var flow = flow
  flow.target = Flow.Target(
    name: name, span: SourceSpan(file: #fileID, line: line, column: 1))
  return flow
}
