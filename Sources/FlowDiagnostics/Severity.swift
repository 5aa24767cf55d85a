/// How bad a finding is.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
  /// What is wrong stops the flow from being run.
  case error
  /// The flow can run, but very likely does not do what was meant.
  case warning
  /// The flow is as it should be; something about it is worth knowing.
  case info
}

extension Severity: Comparable {
  /// Errors come before warnings, and those before what is only worth knowing.
  public static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .info: 2
    }
  }
}
