import FlowDiagnostics
import TaskFlow
import Testing

private let x = Symbol<Int>("x")

private let sometimes = Condition(
  requirements: [], summary: "sometimes", span: SourceSpan(file: #fileID, line: 1, column: 1)
) { _ in true }

struct ConflictFindingTests {
  @Test
  func `a task of a graph that two others provide for is an error, and is not called missing`() {
    let base = #line
    let flow = Flow.graph("g") {
      FlowTask("a", provides: x) { 1 }
      FlowTask("b", provides: x) { 2 }
      FlowTask("c", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +4 error conflicting-provides: task 'c' requires 'x', which more than one child of graph flow 'g' provides
          +2: provided by task 'a'
          +3: provided by task 'b'
          help: give each a symbol of its own, and require the one that is meant
        """#)
  }

  @Test func `a task in a nested flow of a graph that two others provide for is an error`() {
    let base = #line
    let flow = Flow.graph("g") {
      FlowTask("a", provides: x) { 1 }
      Flow.linear("inner") {
        FlowTask("c", requires: x) { _ in }
      }
      FlowTask("b", provides: x) { 2 }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +4 error conflicting-provides: task 'c' requires 'x', which more than one child of graph flow 'g' provides
          +2: provided by task 'a'
          +6: provided by task 'b'
          help: give each a symbol of its own, and require the one that is meant
        """#)
  }

  @Test func `two unordered providers that are read after their flow are a warning`() {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.unordered("u") {
        FlowTask("a", provides: x) { 1 }
        FlowTask("b", provides: x) { 2 }
      }
      FlowTask("c", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +6 warning conflicting-provides: task 'c' reads 'x', which task 'a' and task 'b' both provide, with no order between them
          +3: task 'a' provides it here, and is not read
          +4: task 'b' provides it here, and is read
          help: give each a symbol of its own, or put one after the other
        """#)
  }

  @Test func `two unordered providers that nobody reads are fine`() {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.unordered("u") {
        FlowTask("a", provides: x) { 1 }
        FlowTask("b", provides: x) { 2 }
      }
    }
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `three levels down, providers without an order are still found`() {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.unordered("u") {
        Flow.linear("left") {
          Flow.linear("deeper") { FlowTask("a", provides: x) { 1 } }
        }
        Flow.graph("right") {
          Flow.linear("deepest") { FlowTask("b", provides: x) { 2 } }
        }
      }
      Flow.linear("reader") {
        FlowTask("c", requires: x) { _ in }
      }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +11 warning conflicting-provides: task 'c' reads 'x', which task 'a' and task 'b' both provide, with no order between them
          +4: task 'a' provides it here, and is not read
          +7: task 'b' provides it here, and is read
          help: give each a symbol of its own, or put one after the other
        """#)
  }

  @Test func `graph children without an order are found from outside`() {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.graph("g") {
        FlowTask("a", provides: x) { 1 }
        FlowTask("b", provides: x) { 2 }
      }
      FlowTask("c", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +6 warning conflicting-provides: task 'c' reads 'x', which task 'a' and task 'b' both provide, with no order between them
          +3: task 'a' provides it here, and is not read
          +4: task 'b' provides it here, and is read
          help: give each a symbol of its own, or put one after the other
        """#)
  }

  @Test func `graph children with an order are fine from outside`() {
    let base = #line
    let flow = Flow.linear("f") {
      linked(
        Flow.graph("g") {
          FlowTask("b", provides: x) { 2 }
          FlowTask("a", provides: x) { 1 }
        }, "a", "b")
      FlowTask("c", requires: x) { _ in }
    }
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `a graph child beside the one that is read is found past those with an order`() {
    let base = #line
    let flow = Flow.linear("f") {
      linked(
        Flow.graph("g") {
          FlowTask("b", provides: x) { 1 }
          FlowTask("a", provides: x) { 2 }
          FlowTask("c", provides: x) { 3 }
        }, "a", "c")
      FlowTask("d", requires: x) { _ in }
    }
    #expect(
      findings(in: flow, from: base) == #"""
        +8 warning conflicting-provides: task 'd' reads 'x', which task 'b' and task 'c' both provide, with no order between them
          +4: task 'b' provides it here, and is not read
          +6: task 'c' provides it here, and is read
          help: give each a symbol of its own, or put one after the other
        """#)
  }

  @Test func `an optional reader in a graph that comes after two providers sees both`() {
    let base = #line
    let flow = linked(
      linked(
        Flow.graph("g") {
          FlowTask("a", provides: x) { 1 }
          FlowTask("b", provides: x) { 2 }
          FlowTask("c", requires: x.optional) { _ in }
        }, "a", "c"), "b", "c")
    #expect(
      findings(in: flow, from: base) == #"""
        +6 warning conflicting-provides: task 'c' reads 'x', which task 'a' and task 'b' both provide, with no order between them
          +4: task 'a' provides it here, and is not read
          +5: task 'b' provides it here, and is read
          help: give each a symbol of its own, or put one after the other
        """#)
  }

  @Test func `an optional reader in a graph that comes after one of two providers is fine`() {
    let base = #line
    let flow = linked(
      Flow.graph("g") {
        FlowTask("a", provides: x) { 1 }
        FlowTask("b", provides: x) { 2 }
        FlowTask("c", requires: x.optional) { _ in }
      }, "a", "c")
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `a later provider that hides both is fine`() {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.unordered("u") {
        FlowTask("a", provides: x) { 1 }
        FlowTask("b", provides: x) { 2 }
      }
      FlowTask("c", provides: x) { 3 }
      FlowTask("d", requires: x) { _ in }
    }
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `a controller and a task of its flow are in order`() {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.unordered("u", retry: .times("r", attempts: 2, provides: x)) {
        FlowTask("a", provides: x) { 1 }
        FlowTask("b") {}
      }
      FlowTask("c", requires: x) { _ in }
    }
    #expect(findings(in: flow, from: base) == "")
  }

  @Test func `alternatives behind conditions are fine`() {
    let base = #line
    let flow = Flow.linear("f") {
      Flow.unordered("u") {
        FlowTask("a", provides: x) { 1 }.changing { $0.condition = sometimes }
        FlowTask("b", provides: x) { 2 }.changing { $0.condition = sometimes }
      }
      FlowTask("c", requires: x) { _ in }
    }
    #expect(findings(in: flow, from: base) == "")
  }
}

private func linked(_ flow: Flow, _ source: String, _ target: String, line: Int = #line) -> Flow {
  var flow = flow
  flow.link(from: source, to: target, line: line)
  return flow
}
