public import FlowDiagnostics

/// A finding that is not told, because somebody said that it is as it should be.
public struct SuppressedFinding: Sendable, Hashable {
  /// What was found.
  public var finding: Finding

  /// Why it is as it should be, if that was said.
  public var reason: String?

  /// Where it was said; the words are those of SARIF.
  public var kind: Kind

  /// Where a finding is allowed.
  public enum Kind: String, Sendable, Hashable {
    /// In the flow: by a comment, or by a modifier in Swift.
    case inSource
    /// In a baseline.
    case external
  }

  /// A finding that is not told.
  public init(finding: Finding, reason: String?, kind: Kind) {
    self.finding = finding
    self.reason = reason
    self.kind = kind
  }
}
