public import FlowDiagnostics

/// Says that what a rule of the linter finds is known, and is as it should be.
///
/// In a flow file that is a comment: `# tfgraph: allow[missing-revert] reason`.
public struct FindingAllowance: Sendable, Hashable {
  /// The rule's name or number, or what the numbers of several rules begin with, such as `TFG3`.
  public var rule: String

  /// Why it is as it should be.
  public var reason: String

  /// Where it is said.
  public var span: SourceSpan

  /// An allowance.
  public init(rule: String, reason: String, span: SourceSpan) {
    self.rule = rule
    self.reason = reason
    self.span = span
  }
}

extension FlowTask {
  /// Has the linter not tell what a rule finds about the task.
  ///
  /// Errors that keep the flow from being run can't be allowed.
  ///
  /// - Parameters:
  ///   - rule: its name or number, such as `missing-revert` or `TFG301`, or what several numbers begin with.
  ///   - reason: why it is as it should be.
  public func allowing(
    _ rule: String, _ reason: String, fileID: String = #fileID, line: Int = #line,
    column: Int = #column
  ) -> FlowTask {
    let span = SourceSpan(file: fileID, line: line, column: column)
    return changing {
      $0.allowances.append(FindingAllowance(rule: rule, reason: reason, span: span))
    }
  }
}

extension Flow {
  /// The flow, with what a rule finds about it and all that is in it not told by the linter.
  ///
  /// Errors that keep the flow from being run can't be allowed.
  ///
  /// - Parameters:
  ///   - rule: its name or number, such as `missing-revert` or `TFG301`, or what several numbers begin with.
  ///   - reason: why it is as it should be.
  public func allowing(
    _ rule: String, _ reason: String, fileID: String = #fileID, line: Int = #line,
    column: Int = #column
  ) -> Flow {
    var flow = self
    flow.allowances.append(
      FindingAllowance(
        rule: rule, reason: reason, span: SourceSpan(file: fileID, line: line, column: column)))
    return flow
  }
}
