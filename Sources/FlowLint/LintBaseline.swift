public import FlowDiagnostics
import TaskFlow

/// Findings that were there when somebody began to look, and are not told until the lines they are about
/// change.
///
/// It is a JSON file with one finding a line. Errors that keep a flow from being run are in no baseline.
public struct LintBaseline: Sendable {
  /// The number that the file has as `schema`.
  public static let schema = 1

  /// The findings, in the order of their files and rules.
  public let entries: [Entry]

  /// A finding as a baseline keeps it.
  public struct Entry: Sendable, Hashable, Comparable {
    /// What it is known by.
    public var fingerprint: FindingFingerprint
    /// The name of its rule.
    public var rule: String
    /// Its file, from the folder of the baseline.
    public var file: String
    /// What was found, for people.
    public var message: String

    /// Orders by file, rule, message and fingerprint.
    public static func < (left: Entry, right: Entry) -> Bool {
      (left.file, left.rule, left.message, left.fingerprint.description)
        < (right.file, right.rule, right.message, right.fingerprint.description)
    }
  }

  /// What a baseline leaves of findings.
  public struct Comparison: Sendable {
    /// The findings that are not in it.
    public var findings: [Finding] = []
    /// Those that are.
    public var known: [SuppressedFinding] = []
    /// What is in it and not found any more.
    public var gone: [Entry] = []
  }

  /// A baseline of findings.
  ///
  /// - Parameter name: what a file is called from the folder of the baseline.
  public init(
    of findings: [Finding], in sources: SourceTexts, naming name: (_ file: String) -> String
  ) {
    let kept = findings.presented.filter { !LintRule.keepsFromRunning($0) }
    let fingerprints = FindingFingerprint.all(
      of: kept, sources: sources, rules: .lint, fileName: name)
    entries = zip(kept, fingerprints).map { finding, fingerprint in
      Entry(
        fingerprint: fingerprint, rule: finding.rule, file: name(finding.span.file),
        message: finding.message)
    }.sorted()
  }

  /// Why a text is no baseline.
  public struct ReadingError: Error, CustomStringConvertible {
    /// One phrase.
    public let description: String
  }

  /// Reads what ``text`` has written.
  public init(_ text: String) throws(ReadingError) {
    let value: FlowValue
    do throws(FlowValueJSONError) {
      value = try FlowValueJSON.parse(text)
    } catch {
      throw ReadingError(description: "it is no JSON: \(error)")
    }
    guard case .map(let fields) = value, let schema = fields["schema"],
      case .list(let findings) = fields["findings"]
    else { throw ReadingError(description: "it is no baseline of tfgraph") }
    guard schema == .int(Self.schema) else {
      throw ReadingError(description: "it is of another version of tfgraph; write it again")
    }
    var entries: [Entry] = []
    for finding in findings {
      guard case .map(let fields) = finding, case .string(let fingerprint) = fields["fingerprint"],
        case .string(let rule) = fields["rule"], case .string(let file) = fields["file"],
        case .string(let message) = fields["message"]
      else { throw ReadingError(description: "finding \(entries.count + 1) in it is incomplete") }
      entries.append(
        Entry(
          fingerprint: FindingFingerprint(fingerprint), rule: rule, file: file, message: message))
    }
    self.entries = entries
  }

  /// The JSON text, with a line end; equal findings give equal bytes.
  public var text: String {
    var text = "{\n  \"schema\": \(Self.schema),\n  \"findings\": ["
    for (index, entry) in entries.enumerated() {
      let fields = [
        ("fingerprint", entry.fingerprint.description), ("rule", entry.rule), ("file", entry.file),
        ("message", entry.message),
      ].map { "\(JSONText.quoted($0)): \(JSONText.quoted($1))" }
      text += (index == 0 ? "\n" : ",\n") + "    {" + fields.joined(separator: ", ") + "}"
    }
    return text + (entries.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
  }

  /// Tells the findings that are in the baseline from those that are not.
  ///
  /// What is in it about files that were not linted, or is of rules that have not looked at them, is left
  /// alone.
  ///
  /// - Parameter files: the files that were linted, with the names of the rules that have looked at each.
  public func comparison(
    with findings: [Finding], files: [String: Set<String>], in sources: SourceTexts,
    naming name: (_ file: String) -> String
  ) -> Comparison {
    let ordered = findings.presented
    let kept = ordered.filter { !LintRule.keepsFromRunning($0) }
    let fingerprints = FindingFingerprint.all(
      of: kept, sources: sources, rules: .lint, fileName: name)
    let known = Set(entries.map(\.fingerprint))
    var comparison = Comparison()
    comparison.findings = ordered.filter { LintRule.keepsFromRunning($0) }
    for (finding, fingerprint) in zip(kept, fingerprints) {
      if known.contains(fingerprint) {
        comparison.known.append(
          SuppressedFinding(finding, kind: .external, reason: nil))
      } else {
        comparison.findings.append(finding)
      }
    }
    comparison.findings.sort()
    let found = Set(fingerprints)
    let judged = Dictionary(
      files.map { (name($0.key), $0.value) }, uniquingKeysWith: { $0.union($1) })
    comparison.gone = entries.filter { entry in
      judged[entry.file]?.contains(entry.rule) == true && !found.contains(entry.fingerprint)
    }
    return comparison
  }
}
