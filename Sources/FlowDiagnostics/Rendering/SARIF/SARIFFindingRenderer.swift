/// Writes findings in the format that services for code reviews read: SARIF 2.1.0.
///
/// Files in the working directory are named relative to it, as `%SRCROOT%`; where that is, the output does not say,
/// so that equal findings give equal bytes on any machine. Each finding, each rule and each file has a line of its
/// own. A file that could not be read is a notification of the call, not a result.
///
/// The run's `properties` have a `schema`, which rises when something that this type writes beyond the standard
/// changes its meaning or goes away: the properties of rules and fixes, and the fingerprint `tfgraphLine/v1`.
///
/// Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
public struct SARIFFindingRenderer: Sendable {
  /// The number that the run has as its property `schema`.
  public static let schema = 1

  /// The rules that the output describes.
  public var rules: RuleCatalog

  /// Where the lines that fingerprints are made of come from.
  public var sources: SourceTexts

  /// The version of the tool.
  public var toolVersion: String

  /// The folder that relative paths are in.
  public var workingDirectory: String

  /// A renderer.
  public init(
    rules: RuleCatalog, sources: SourceTexts, toolVersion: String, workingDirectory: String
  ) {
    self.rules = rules
    self.sources = sources
    self.toolVersion = toolVersion
    self.workingDirectory = workingDirectory
  }

  private static let schemaAddress =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  /// The SARIF log for a report, with a line end.
  ///
  /// - Complexity: O(n log n) in the number of findings, their parts and the lines that they are about.
  public func text(for report: FindingReport) -> String {
    let files = SARIFFiles(of: report, workingDirectory: workingDirectory)
    let descriptors = SARIFRules(rules, used: report.told.map(\.rule))
    let results = SARIFResults(
      files: files, rules: descriptors,
      hasSuppressions: !report.suppressed.isEmpty)
    let told = report.told
    let fingerprints = FindingFingerprint.all(
      of: told.map(\.finding), sources: sources, rules: rules, fileName: files.address)
    let lines = zip(told, fingerprints).map { results.result(for: $0, fingerprint: $1).line }
    return """
      {
        "$schema": \(JSONText.quoted(Self.schemaAddress)),
        "version": "2.1.0",
        "runs": [
          {
            "tool": {"driver": {"name": "tfgraph", "version": \(JSONText.quoted(toolVersion)), \
      "notifications": [\(SARIFNotifications.descriptor.line)], "rules": \
      \(Self.rows(descriptors.descriptors.map(\.line)))}},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": \(SARIFFiles.bases.line),
            "invocations": [\(SARIFNotifications.invocation(of: report, files: files).line)],
            "artifacts": \(Self.rows(files.artifacts.map(\.line))),
            "results": \(Self.rows(lines)),
            "properties": {"schema": \(Self.schema)}
          }
        ]
      }

      """
  }

  private static func rows(_ lines: [String]) -> String {
    lines.isEmpty
      ? "[]" : "[\n        " + lines.joined(separator: ",\n        ") + "\n      ]"
  }
}

/// A finding as it is told, with who allows it if somebody does.
struct ToldFinding {
  let finding: Finding
  let suppression: SuppressedFinding?
  var rule: String { finding.rule }
}

extension FindingReport {
  /// All findings about files that could be read, the allowed ones too, in the order of their places.
  fileprivate var told: [ToldFinding] {
    let shown = findings.filter { !unreadableFiles.contains($0.span.file) }
    let all =
      shown.map { ToldFinding(finding: $0, suppression: nil) }
      + suppressed.map { ToldFinding(finding: $0.finding, suppression: $0) }
    return all.sorted { $0.finding < $1.finding }
  }
}
