import FlowDiagnostics
import FlowEngine
import TaskFlow
import Testing

struct LargeRunTests {
  private static let count = 100_000
  private let span = SourceSpan(file: "large", line: 1, column: 1)

  private func flow(_ pattern: FlowPattern, fails: Bool) -> Flow {
    var flow = Flow(name: "all", pattern: pattern, span: span)
    for index in 0..<Self.count {
      let throwsError = fails && index == Self.count - 1
      flow.append(
        FlowTask(
          name: "t\(index)",
          action: .body { _ in
            if throwsError { throw Failure("the last") }
            return AtomResult()
          }, span: span))
    }
    return flow
  }

  @Test(arguments: [FlowPattern.linear, .unordered])
  func `a flow of many tasks runs without deep recursion`(pattern: FlowPattern) async throws {
    let report = try await run(flow(pattern, fails: false))
    #expect(report.state == .success)
    #expect(report.atoms.count == Self.count)
  }

  @Test func `many tasks are undone without deep recursion`() async throws {
    let report = try await run(flow(.linear, fails: true))
    #expect(report.state == .reverted)
    #expect(report.atoms.allSatisfy { $0.state == .reverted })
  }

  @Test(arguments: [FlowPattern.linear, .unordered, .graph])
  func `flows nested very deep compile, run and are released`(pattern: FlowPattern) async throws {
    let symbol = Symbol<Int>("deep")
    var flow = Flow(
      name: "f0", pattern: pattern,
      items: [.task(FlowTask("t", provides: symbol) { 1 })], span: span)
    for index in 1..<Self.count {
      flow = Flow(name: "f\(index)", pattern: pattern, items: [.flow(flow)], span: span)
    }
    flow.append(FlowTask("outside") {})
    let report = try await run(flow)
    #expect(report.state == .success)
    #expect(try report.value(of: symbol) == 1)
  }

  @Test func `controllers nested very deep are asked one after another`() async throws {
    let count = 20_000
    var flow = Flow(
      name: "f0", pattern: .linear,
      items: [.task(FlowTask("t") { throw Failure("deep") })], span: span)
    for index in 1..<count {
      flow = Flow(
        name: "f\(index)", pattern: .linear, retry: .alwaysRevert("r\(index)"),
        items: [.flow(flow)], span: span)
    }
    let report = try await run(flow)
    #expect(report.state == .reverted)
  }
}
