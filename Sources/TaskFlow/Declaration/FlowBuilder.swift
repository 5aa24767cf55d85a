import FlowDiagnostics

/// Lists tasks and flows as the children of a flow.
///
/// Large flows are built with ``Flow/append(_:)-(FlowItem)``: the compiler's work on a builder grows
/// faster than its length.
@resultBuilder
public enum FlowBuilder {
  public static func buildExpression(_ task: FlowTask) -> [FlowItem] { [.task(task)] }
  public static func buildExpression(_ flow: Flow) -> [FlowItem] { [.flow(flow)] }
  public static func buildExpression(_ items: [FlowItem]) -> [FlowItem] { items }
  public static func buildBlock(_ parts: [FlowItem]...) -> [FlowItem] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [FlowItem]?) -> [FlowItem] { part ?? [] }
  public static func buildEither(first part: [FlowItem]) -> [FlowItem] { part }
  public static func buildEither(second part: [FlowItem]) -> [FlowItem] { part }
  public static func buildArray(_ parts: [[FlowItem]]) -> [FlowItem] { parts.flatMap { $0 } }
}

extension Flow {
  /// A flow whose children run one after another.
  public static func linear(
    _ name: String, retry: RetryController? = nil, fileID: String = #fileID, line: Int = #line,
    column: Int = #column, @FlowBuilder children: () -> [FlowItem] = { [] }
  ) -> Flow {
    Flow(
      name: name, pattern: .linear, retry: retry, items: children(),
      span: SourceSpan(file: fileID, line: line, column: column))
  }

  /// A flow whose children have no order.
  public static func unordered(
    _ name: String, retry: RetryController? = nil, fileID: String = #fileID, line: Int = #line,
    column: Int = #column, @FlowBuilder children: () -> [FlowItem] = { [] }
  ) -> Flow {
    Flow(
      name: name, pattern: .unordered, retry: retry, items: children(),
      span: SourceSpan(file: fileID, line: line, column: column))
  }

  /// A flow whose children run after those that provide what they require.
  public static func graph(
    _ name: String, retry: RetryController? = nil, fileID: String = #fileID, line: Int = #line,
    column: Int = #column, @FlowBuilder children: () -> [FlowItem] = { [] }
  ) -> Flow {
    Flow(
      name: name, pattern: .graph, retry: retry, items: children(),
      span: SourceSpan(file: fileID, line: line, column: column))
  }
}
