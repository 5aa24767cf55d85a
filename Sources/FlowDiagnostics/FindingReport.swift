/// What was looked at, and what was found: what each format of the linter writes.
public struct FindingReport: Sendable {
  /// The findings, in the order in which they are shown, each once.
  public let findings: [Finding]

  /// The files that were looked at, sorted, each once.
  public let files: [String]

  /// Those of them that could not be read, which a finding says.
  public let unreadableFiles: Set<String>

  /// What was found too, but is not told since somebody has allowed it, in the order of its places.
  public let suppressed: [SuppressedFinding]

  /// A report of findings in any order.
  ///
  /// - Complexity: O(n log n) in the number of findings and files.
  public init(
    _ findings: some Sequence<Finding>, files: [String] = [],
    unreadableFiles: Set<String> = [], suppressed: [SuppressedFinding] = []
  ) {
    self.findings = findings.presented
    self.files = Set(files).sorted()
    self.unreadableFiles = unreadableFiles
    self.suppressed = suppressed.sorted { $0.finding < $1.finding }
  }

  /// The findings of one file, in the order of their places.
  struct Section {
    let file: String
    let findings: ArraySlice<Finding>
  }

  /// The files that were looked at or that findings are in, sorted, each with its findings.
  var sections: [Section] {
    var sections: [Section] = []
    var rest = findings[...]
    for file in Set(files + findings.map(\.span.file)).sorted() {
      // Findings are in the order of their files, which is the same.
      let own = rest.prefix { $0.span.file == file }
      rest = rest[own.endIndex...]
      sections.append(Section(file: file, findings: own))
    }
    return sections
  }

  /// Whether there is a finding of at least this severity.
  public func hasFinding(atLeast severity: Severity) -> Bool {
    findings.contains { $0.severity <= severity }
  }
}

/// A finding that is not told since somebody has allowed it.
public struct SuppressedFinding: Sendable, Hashable {
  /// What was found.
  public var finding: Finding

  /// Who allows it.
  public var kind: Kind

  /// Why, if a reason is given.
  public var reason: String?

  /// Who allows a finding.
  public enum Kind: Sendable, Hashable {
    /// The flow itself, beside what was found.
    case inSource
    /// A file of its own: a configuration or a baseline.
    case external
  }

  /// A finding that is allowed.
  public init(_ finding: Finding, kind: Kind, reason: String? = nil) {
    self.finding = finding
    self.kind = kind
    self.reason = reason
  }
}

extension FindingReport {
  /// How many findings there are, and of several files in how many: `2 errors in 1 of 3 files`.
  var summary: String {
    let count = FindingCount(findings).description
    guard files.count > 1 else { return count }
    let found = Set(findings.map(\.span.file)).count
    return findings.isEmpty
      ? "\(count) in \(files.count) files"
      : "\(count) in \(found) of \(max(found, files.count)) files"
  }
}
