import FlowDiagnostics
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
  }

  /// Which fixes are made.
  public enum FixSafety: Sendable, Hashable {
    /// Those after which the flow means the same.
    case safe
    /// All of them.
    case any
  }

  /// A fix that would break a file: a mistake of a rule, not of the file.
  public struct BrokenFix: Error, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String

    /// The rules whose fixes were made together.
    public let rules: [String]

    /// Which fixes, in one phrase.
    public var description: String {
      let names = rules.map { QuotedName.of($0) }.joined(separator: ", ")
      return "fixes of \(names) would break \(QuotedName.of(path)), which is left as it is"
    }
  }

  /// How often fixes are looked for again; two that undo each other must come to an end.
  private static let mostPasses = 20

  /// Makes the fixes of all findings that are told, until there are no more.
  ///
  /// Nothing is written. Fixes that overlap are made one after the other.
  ///
  /// - Throws: ``BrokenFix`` when the new text could not be read, or the flow not be run, while the old one
  ///   could.
  public func fixing(
    _ bytes: [UInt8], path: String, _ safety: FixSafety
  ) throws(BrokenFix) -> FixedFile {
    var state = state(of: bytes, path: path)
    var count = 0
    for _ in 0..<Self.mostPasses {
      let fixable = state.report.findings.filter { finding in
        finding.span.file == path && finding.fix.map { $0.isSafe || safety == .any } == true
      }
      if fixable.isEmpty { break }
      let fixed = FixedText(state.bytes, applying: fixable.compactMap(\.fix))
      if fixed.bytes == state.bytes { break }
      let next = self.state(of: fixed.bytes, path: path)
      guard next.isAsGood(as: state) else {
        throw BrokenFix(path: path, rules: Set(fixable.map(\.rule)).sorted())
      }
      state = next
      count += fixed.fixCount
    }
    return FixedFile(
      bytes: state.bytes, reading: state.reading, report: state.report, fixCount: count)
  }

  /// Adds comments that allow all that is told and can be allowed.
  ///
  /// Nothing is written. Each comment stands above the line that it is about, as far indented; what is about
  /// a line of a text of several lines is allowed above the line in which the text begins, so that no
  /// script changes. JSON has no comments: a file whose name ends in `.json` stays as it is.
  ///
  /// - Throws: ``BrokenFix`` when the new text could not be read while the old one could.
  public func addingAllows(
    to bytes: [UInt8], path: String, reason: String
  ) throws(BrokenFix) -> FixedFile {
    let state = state(of: bytes, path: path)
    let fixes =
      path.hasSuffix(".json")
      ? [] : AddedAllows(state.report.findings, of: state.reading, path: path, reason: reason).fixes
    let fixed = FixedText(bytes, applying: fixes)
    let next = self.state(of: fixed.bytes, path: path)
    guard next.isAsGood(as: state) else {
      throw BrokenFix(path: path, rules: Set(state.report.findings.map(\.rule)).sorted())
    }
    return FixedFile(
      bytes: next.bytes, reading: next.reading, report: next.report, fixCount: fixed.fixCount)
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

  /// Whether it can be read, and run, if an earlier one could.
  func isAsGood(as earlier: FixingState) -> Bool {
    if earlier.report.compilation?.plan != nil { return report.compilation?.plan != nil }
    return reading.tree != nil || earlier.reading.tree == nil
  }
}
