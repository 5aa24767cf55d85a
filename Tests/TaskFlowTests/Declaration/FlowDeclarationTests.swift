import FlowDiagnostics
import Foundation
import TaskFlow
import Testing

struct FlowDeclarationTests {
  private func names(_ flow: Flow) -> [String] { flow.items.map(\.source) }

  private func build(_ name: String, isFast: Bool, extra: FlowTask? = nil) -> Flow {
    Flow.linear(name) {
      FlowTask("first") {}
      if isFast {
        FlowTask("fast") {}
      } else {
        FlowTask("slow") {}
        FlowTask("slower") {}
      }
      for index in 0..<3 { FlowTask("step\(index)") {} }
      if let extra { extra }
      [FlowItem.task(FlowTask("listed") {})]
      Flow.unordered("nested") { FlowTask("inner") {} }
    }
  }

  @Test func `a builder takes conditions, loops, lists and flows`() {
    #expect(
      names(build("f", isFast: true))
        == ["first", "fast", "step0", "step1", "step2", "listed", "nested"])
    #expect(
      names(build("f", isFast: false, extra: FlowTask("extra") {}))
        == ["first", "slow", "slower", "step0", "step1", "step2", "extra", "listed", "nested"])
    #expect(names(Flow.graph("empty")) == [])
  }

  @Test(arguments: FlowPattern.allCases)
  func `appending gives the same flow as a builder`(pattern: FlowPattern) {
    let x = Symbol<Int>("x")
    let place = SourceSpan(file: "f", line: 1, column: 1)
    let tasks = [FlowTask("a", provides: x) { 1 }, FlowTask("b") {}]
    let built =
      switch pattern {
      case .linear: Flow.linear("f") { for task in tasks { task } }
      case .unordered: Flow.unordered("f") { for task in tasks { task } }
      case .graph: Flow.graph("f") { for task in tasks { task } }
      }
    var appended = Flow(name: "f", pattern: pattern, span: place)
    for task in tasks { appended.append(task) }
    #expect(built.pattern == pattern)
    #expect(names(built) == names(appended))
    let plans = [built, appended].map { Compiler().compile($0).sketch }
    #expect(plans[0].nodes == plans[1].nodes)
    #expect(plans[0].edges == plans[1].edges)
  }

  @Test func `a copy can be extended without changing the original`() {
    let original = Flow.linear("f") { FlowTask("a") {} }
    var copy = original
    copy.append(FlowTask("b") {})
    var second = copy
    second.append(Flow.linear("c"))
    copy.append(FlowTask("d") {})
    #expect(names(original) == ["a"])
    #expect(names(copy) == ["a", "b", "d"])
    #expect(names(second) == ["a", "b", "c"])
  }

  @Test func `a nested flow is a value as well`() {
    var inner = Flow.linear("inner") { FlowTask("a") {} }
    let outer = Flow.linear("outer") { inner }
    inner.append(FlowTask("b") {})
    guard case .flow(let kept) = outer.items[0] else {
      Issue.record("the nested flow is lost")
      return
    }
    #expect(names(kept) == ["a"])
  }

  @Test func `flows and links know their places`() {
    let line = #line + 1
    var flow = Flow.graph("f") {
      FlowTask("a") {}
      FlowTask("b") {}
    }
    flow.link(from: "a", to: "b")
    #expect(flow.span == SourceSpan(file: #fileID, line: line, column: flow.span.column))
    #expect(flow.links[0].span.line == line + 4)
  }

  @Test
  func `an input that is declared by a symbol has its type, unless a document has none for it`() {
    let line = #line + 1
    let text = FlowInput(Symbol<String>("version"), defaultValue: .string("1"))
    let list = FlowInput(Symbol<[String]>("servers"))
    #expect(text.symbol == "version")
    #expect(text.type == .string)
    #expect(text.defaultValue == .string("1"))
    #expect(text.span.line == line)
    #expect(list.type == .list)
    #expect(FlowInput(Symbol<[String: Int]>("ports")).type == .map)
    #expect(FlowInput(Symbol<FlowValue>("anything")).type == nil)
    #expect(FlowInput(Symbol<Date>("day")).type == nil)
  }

  @Test func `100,000 flows within each other are released`() {
    var nested = Flow.linear("inmost")
    for level in 0..<100_000 {
      var outer = Flow.linear("f\(level)")
      outer.append(nested)
      nested = outer
    }
    let copy = nested
    nested = Flow.linear("another")
    #expect(copy.items.count == 1)
  }

  @Test func `a shared part of a released flow stays whole`() {
    let shared = Flow.linear("shared") { Flow.linear("inner") { FlowTask("a") {} } }
    var outer: Flow? = Flow.linear("outer") { shared }
    #expect(outer?.items.count == 1)
    outer = nil
    guard case .flow(let inner) = shared.items[0] else {
      Issue.record("the shared part is lost")
      return
    }
    #expect(names(inner) == ["a"])
  }
}
