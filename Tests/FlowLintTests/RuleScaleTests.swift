import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

/// Flows of a size at which anything but linear work would not come to an end.
struct RuleScaleTests {
  private static let span = SourceSpan(file: "scale", line: 1, column: 1)

  private func task(_ index: Int, _ change: (inout TaskTraits) -> Void = { _ in }) -> FlowItem {
    let task = FlowTask(
      name: "t\(index)", action: .body { _ in AtomResult() },
      span: SourceSpan(file: "scale", line: index + 1, column: 1))
    return .task(task.changing(change))
  }

  private func flow(_ pattern: FlowPattern, _ items: [FlowItem], _ name: String = "root") -> Flow {
    Flow(name: name, pattern: pattern, items: items, span: Self.span)
  }

  private func retry(_ name: String, all: Bool = false) -> RetryController {
    RetryController(
      name: name, strategy: .times(attempts: 2), revertsAll: all,
      span: SourceSpan(file: "scale", line: 1, column: 2))
  }

  private let rules = LintRule.all.filter { $0.id.hasPrefix("TFG2") || $0.id.hasPrefix("TFG3") }

  private func lint(_ flow: Flow) -> [String: Int] {
    let findings = Linter(rules: rules).lint(flow).findings
    return Dictionary(grouping: findings, by: \.rule).mapValues(\.count)
  }

  @Test func `4,000 tasks with a fix, or with a place to be looked for`() {
    var text = "tfgraph: 1\nflow: root\ninputs: { a: {}, b: {} }\nlinear:\n"
    for index in 0..<2_000 {
      text += """
          - flow: f\(index)
            timeout: 1s
            retry: { times: 3, backoff: 9s }
            linear:
              - { task: t\(index), requires: [a], run: 'x "$a" "$b"', revert: none }
              - { task: u\(index), run: x }

        """
    }
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "scale")
    let report = Linter().lint(reading)
    let found = Dictionary(grouping: report.findings, by: \.rule).mapValues(\.count)
    #expect(found["undeclared-variable"] == 1_000 && found["backoff-exceeds-timeout"] == 1_000)
    let limit = report.findings.first { $0.rule == "backoff-exceeds-timeout" }?.related.first?.span
    #expect(limit == SourceSpan(file: "scale", line: 6, column: 14, length: 2))
  }

  @Test(arguments: [FlowPattern.linear, .unordered])
  func `30,000 tasks that nobody can undo`(pattern: FlowPattern) {
    let found = lint(flow(pattern, (0..<30_000).map { task($0) { $0.isIrreversible = true } }))
    #expect(found == ["irreversible-before-fallible": 1_000])
  }

  @Test func `10,000 retried flows one after another, each with a last task that can't be undone`()
  {
    let flows = (0..<10_000).map { index in
      var inner = flow(
        .linear,
        [
          task(2 * index) { $0.isIdempotent = true },
          task(2 * index + 1) { $0.isIrreversible = true },
        ], "f\(index)")
      inner.retry = retry("r\(index)")
      return FlowItem.flow(inner)
    }
    let found = ["retry-of-nonidempotent": 1_000]
    #expect(lint(flow(.linear, flows)) == found)
    let first = task(30_000) { $0.isRevertDeclaredNeedless = true }
    #expect(lint(flow(.linear, [first] + flows)) == found)
  }

  @Test func `10,000 retries within each other`() {
    var nested = flow(.linear, [task(0)], "f0")
    for level in 1..<10_000 {
      nested.retry = retry("r\(level)")
      nested = flow(.linear, [.flow(nested), task(level)], "f\(level)")
    }
    // All retries stand at one place, and what stands at one place is told once.
    let found = lint(nested)
    #expect(found["missing-revert"] == 1_000)
  }

  @Test func `links between all layers of 30,000 tasks`() {
    var layers = flow(.graph, (0..<30_000).map { task($0) { $0.isIdempotent = true } })
    for index in 10..<30_000 {
      for back in [1, 2, 10] {
        layers.links.append(
          Flow.Link(
            source: "t\(index - back)", target: "t\(index)",
            span: SourceSpan(file: "scale", line: index + 1, column: back)))
      }
    }
    #expect(lint(layers) == ["redundant-after": 1_000])
  }

  @Test func `conditions in front of 500 of 20,000 tasks`() {
    let items = (0..<20_000).map { index in
      task(index) { traits in
        traits.isIdempotent = true
        guard index % 100 == 0 else { return }
        traits.condition = Condition(
          requirements: [], depth: index % 200 == 0 ? .flow : .all, summary: "c\(index)",
          span: Self.span
        ) { _ in true }
      }
    }
    #expect(lint(flow(.linear, items)) == [:])
  }
}
