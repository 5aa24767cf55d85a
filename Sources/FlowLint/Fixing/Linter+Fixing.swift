public import FlowDiagnostics
public import TaskFlow

extension Linter {
  /// A file as it is after fixes, which nobody has written yet.
  public struct FixedFile: Sendable {
    /// Its bytes.
    public let bytes: [UInt8]

    /// What reading the new bytes gave.
    public let reading: FlowDocument.Reading

    /// What is left.
    public let report: Report

    /// How many fixes were made.
    public let fixCount: Int

    /// The fixes that would have broken the file and were left out; `nil` when there were none.
    public let broken: BrokenFix?
  }

  /// Which fixes are made.
  public enum FixSafety: Sendable, Hashable {
    /// Those after which the flow means the same.
    case safe
    /// All of them.
    case any
  }

  /// Fixes that would break a file: a mistake of their rules, not of the file.
  public struct BrokenFix: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String

    /// The names of the rules, in their order.
    public let rules: [String]

    /// Which fixes, in one phrase.
    public var description: String {
      let names = rules.map { QuotedName.of($0) }.joined(separator: ", ")
      return "fixes of \(names) would break \(QuotedName.of(path)) and are not made"
    }
  }

  /// How often fixes are looked for again; two that undo each other must come to an end.
  private static let mostPasses = 20

  /// Makes the fixes of all findings that are told, until there are no more.
  ///
  /// Nothing is written. Fixes that overlap are made one after the other. A rule of which a fix would make a
  /// file that can't be read, or a flow that can't be run, of one that could, fixes nothing in it: see
  /// ``FixedFile/broken``.
  ///
  /// - Parameter isWanted: which of what is found in a text is fixed.
  public func fixing(
    _ bytes: [UInt8], path: String, _ safety: FixSafety,
    where isWanted: FindingFilter = { _, findings in findings }
  ) -> FixedFile {
    var state = state(of: bytes, path: path)
    var count = 0
    var distrusted: Set<String> = []
    for _ in 0..<Self.mostPasses {
      let fixable = isWanted(state.reading, state.report.findings).filter { finding in
        finding.span.file == path && !distrusted.contains(finding.rule)
          && finding.fix.map { $0.isSafe || safety == .any } == true
      }
      if fixable.isEmpty { break }
      let fixed = fixed(state, of: path, by: fixable, &distrusted)
      if fixed.state.bytes == state.bytes { break }
      state = fixed.state
      count += fixed.count
    }
    return state.file(path: path, fixCount: count, broken: distrusted)
  }

  /// Which findings of a text that was read are meant.
  public typealias FindingFilter = (FlowDocument.Reading, [Finding]) -> [Finding]

  /// A file after these fixes, without those of rules that would break it.
  private func fixed(
    _ state: FixingState, of path: String, by findings: [Finding],
    _ distrusted: inout Set<String>
  ) -> (state: FixingState, count: Int) {
    func trial(_ findings: [Finding]) -> (state: FixingState, count: Int)? {
      let fixed = FixedText(state.bytes, applying: findings.compactMap(\.fix))
      let next = self.state(of: fixed.bytes, path: path)
      return next.isAsGood(as: state) ? (next, fixed.fixCount) : nil
    }
    if let all = trial(findings) { return all }
    var best = (state: state, count: 0)
    var trusted: [Finding] = []
    let byRule = Dictionary(grouping: findings, by: \.rule)
    for (rule, findings) in byRule.sorted(by: { $0.key < $1.key }) {
      if let more = trial(trusted + findings) {
        best = more
        trusted += findings
      } else {
        distrusted.insert(rule)
      }
    }
    return best
  }

  /// Adds comments that allow all that is told and can be allowed.
  ///
  /// Nothing is written. Each comment stands above the line that it is about, as far indented; what is about
  /// a line of a text of several lines is allowed above the line in which the text begins, so that no
  /// script changes. JSON has no comments: a file whose name ends in `.json` stays as it is.
  ///
  /// - Parameter isWanted: which of what is found is allowed.
  public func addingAllows(
    to bytes: [UInt8], path: String, reason: String,
    where isWanted: FindingFilter = { _, findings in findings }
  ) -> FixedFile {
    // What is allowed no longer covers anything.
    var linter = self
    linter.tellsCovered = true
    let state = linter.state(of: bytes, path: path)
    let findings = path.hasSuffix(".json") ? [] : isWanted(state.reading, state.report.findings)
    let allows = AddedAllows(findings, of: state.reading, path: path, reason: reason)
    let fixed = FixedText(bytes, applying: allows.fixes)
    let next = self.state(of: fixed.bytes, path: path)
    guard next.isAsGood(as: state) else {
      return state.file(path: path, fixCount: 0, broken: Set(findings.map(\.rule)))
    }
    return next.file(path: path, fixCount: fixed.fixCount, broken: [])
  }

  private func state(of bytes: [UInt8], path: String) -> FixingState {
    var linter = self
    linter.findingLimit = nil
    let reading = FlowDocument.read(bytes: bytes, path: path)
    return FixingState(bytes: bytes, reading: reading, report: linter.lint(reading))
  }
}

/// A file between two fixes.
private struct FixingState {
  let bytes: [UInt8]
  let reading: FlowDocument.Reading
  let report: Linter.Report

  func file(path: String, fixCount: Int, broken: Set<String>) -> Linter.FixedFile {
    Linter.FixedFile(
      bytes: bytes, reading: reading, report: report, fixCount: fixCount,
      broken: broken.isEmpty ? nil : Linter.BrokenFix(path: path, rules: broken.sorted()))
  }

  /// Whether it can be read, and run, if an earlier one could.
  func isAsGood(as earlier: FixingState) -> Bool {
    if earlier.report.compilation?.plan != nil { return report.compilation?.plan != nil }
    return reading.tree != nil || earlier.reading.tree == nil
  }
}
