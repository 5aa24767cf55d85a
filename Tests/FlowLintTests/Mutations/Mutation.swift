import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow

/// A good flow with one mistake in it, and where that must be found.
struct Mutation: Sendable {
  /// What was done, and where.
  let what: String
  let flow: GoodFlow
  let text: String
  /// The rule by its name.
  let rule: String
  /// The lines in each of which the rule must report something.
  let lines: [Int]
  /// Whether it is enough that a finding has the line as a related place, as one hop of a cycle.
  var countsRelated = false
  /// Rules whose errors may come with it.
  var companions: Set<String> = []

  /// All that is said about it.
  var findings: [Finding] {
    let folder = flow.folder
    let surroundings = LintSurroundings(
      fileState: { path in
        let file = folder.appending(path: path).path
        if !FileManager.default.fileExists(atPath: file) { return .absent }
        return FileManager.default.isExecutableFile(atPath: file) ? .executable : .notExecutable
      }, shellFindings: { _, _ in [] })
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: flow.name)
    return Linter(surroundings: surroundings).lint(reading).findings
  }

  /// What is not as it must be with its findings; `nil` when all is.
  var defect: String? {
    let findings = findings
    let found = Set(
      findings.filter { $0.rule == rule }.flatMap { finding in
        [finding.span.line] + (countsRelated ? finding.related.map(\.span.line) : [])
      })
    let others = findings.filter {
      $0.severity == .error && $0.rule != rule && !companions.contains($0.rule)
    }
    let missed = lines.filter { !found.contains($0) }
    if missed.isEmpty, others.isEmpty { return nil }
    let told = findings.map { "\($0.span): \($0.rule): \($0.message)" }
    return "\(flow.name): \(what): \(rule) not in lines \(missed); found:\n"
      + told.joined(separator: "\n") + "\n" + text
  }

  /// Whether its rule is there: found by the reader or the compiler, or one of the linter's.
  var isChecked: Bool {
    Self.built.contains(rule) || LintRule.all.contains { $0.name == rule }
  }

  /// What the reader and the compiler find by themselves.
  private static let built: Set = [
    "yaml-syntax", "unknown-key", "wrong-value", "duplicate-key", "unsupported-version",
    "missing-requirement", "self-requirement", "dependency-cycle", "unordered-dependency",
    "duplicate-name", "unknown-name",
  ]
}

/// A kind of mistake, and all places of a flow where it can be made.
struct MutationKind: Sendable {
  let name: String
  let mutations: @Sendable (GoodFlow) -> [Mutation]

  static let all: [MutationKind] = data + order + text + values
}
