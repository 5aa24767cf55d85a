/// How bad a finding is.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
  /// What is wrong stops the flow from being run.
  case error
  /// The flow can run, but very likely does not do what was meant.
  case warning
}

extension Severity: Comparable {
  /// Errors come before warnings.
  public static func < (left: Severity, right: Severity) -> Bool {
    left == .error && right == .warning
  }
}
