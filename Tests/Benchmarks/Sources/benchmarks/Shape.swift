import FlowDiagnostics
import TaskFlow

/// The forms of flows that are measured.
enum Shape: String, CaseIterable {
  case unordered
  case linear
  /// Layers of 32 tasks, each of which reads two results of the layer before.
  case layered

  private static let width = 32
  private static let span = SourceSpan(file: "benchmarks", line: 1, column: 1)

  /// A flow of `count` tasks that do nothing.
  func flow(of count: Int) -> Flow {
    var flow = Flow(name: "flow", pattern: pattern, span: Self.span)
    for index in 0..<count { flow.append(task(index)) }
    return flow
  }

  private var pattern: FlowPattern {
    switch self {
    case .unordered: .unordered
    case .linear: .linear
    case .layered: .graph
    }
  }

  private func task(_ index: Int) -> FlowTask {
    guard self == .layered else {
      return FlowTask(name: "t\(index)", action: .body { _ in AtomResult() }, span: Self.span)
    }
    let (layer, column) = index.quotientAndRemainder(dividingBy: Self.width)
    let before = layer == 0 ? [] : [column, (column + 1) % Self.width]
    let item = Provision.Item(symbol: "s\(index)", span: Self.span)
    let value = BoxedValue(index)
    return FlowTask(
      name: "t\(index)",
      requirements: before.map {
        Requirement(symbol: "s\((layer - 1) * Self.width + $0)", span: Self.span)
      },
      provision: Provision(form: .whole, items: [item]),
      action: .body { _ in AtomResult(whole: value, elements: [value]) }, span: Self.span)
  }
}
