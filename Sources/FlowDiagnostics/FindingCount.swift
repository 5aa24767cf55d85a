/// How many findings there are of each severity.
public struct FindingCount: Sendable, Hashable {
  /// How many errors.
  public var errors: Int

  /// How many warnings.
  public var warnings: Int

  /// How many that are only worth knowing.
  public var infos: Int

  /// Counts `findings`, each as often as it occurs.
  public init(_ findings: some Sequence<Finding>) {
    errors = 0
    warnings = 0
    infos = 0
    for finding in findings {
      switch finding.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .info: infos += 1
      }
    }
  }
}

extension FindingCount: CustomStringConvertible {
  /// `2 errors, 1 warning`, or `no findings`.
  public var description: String {
    let parts = [
      Self.phrase(errors, "error"), Self.phrase(warnings, "warning"), Self.phrase(infos, "info"),
    ].compactMap(\.self)
    return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
  }

  private static func phrase(_ count: Int, _ noun: String) -> String? {
    switch count {
    case 0: nil
    case 1: "1 \(noun)"
    default: "\(count) \(noun)s"
    }
  }
}

extension Sequence<Finding> {
  /// The findings in the order in which they are shown, each once.
  public var presented: [Finding] {
    var seen: Set<Finding> = []
    return sorted().filter { seen.insert($0).inserted }
  }
}
