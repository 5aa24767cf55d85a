import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow
import Testing

@Suite struct FixtureTests {
  @Test(arguments: Fixture.names(in: "ok"))
  func `nothing is said about a flow that is as it should be`(name: String) throws {
    let fixture = try Fixture(folder: "ok", name: name)
    #expect(fixture.findings.map { "\($0.span): \($0.rule): \($0.message)" } == [])
  }

  @Test(arguments: Fixture.names(in: "err"))
  func `each mistake is found in its line, and nothing else`(name: String) throws {
    let fixture = try Fixture(folder: "err", name: name)
    #expect(fixture.found == fixture.expected)
  }
}

/// A flow whose lines say which rules report something about them, in comments such as `# TFG101 TFG105`.
///
/// A first line such as `# only TFG2` has only those rules look at it.
struct Fixture {
  let findings: [Finding]
  private let lines: [Substring]

  static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures")
  }

  static func names(in folder: String) -> [String] {
    let path = Self.folder.appending(path: folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  init(folder: String, name: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: "\(folder)/\(name)"))
    let text = String(decoding: bytes, as: UTF8.self)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let prefixes =
      lines.first.flatMap { line in
        line.hasPrefix("# only ") ? line.dropFirst(7).split(separator: " ") : nil
      } ?? ["TFG"]
    let rules = LintRule.all.filter { rule in prefixes.contains { rule.id.hasPrefix($0) } }
    let reading = FlowDocument.read(bytes: Array(bytes), path: name)
    findings = Linter(rules: rules).lint(reading).findings
  }

  /// The rules that each line with findings names, `LINE: ID ID`.
  var expected: [String] {
    lines.enumerated().compactMap { index, line in
      guard let mark = line.range(of: "# TFG") else { return nil }
      let ids = line[mark.lowerBound...].dropFirst(2).split(separator: " ")
      return "\(index + 1): \(ids.sorted().joined(separator: " "))"
    }
  }

  /// The rules that were found in each line, `LINE: ID ID`.
  var found: [String] {
    Dictionary(grouping: findings, by: \.span.line).sorted { $0.key < $1.key }.map { line, all in
      let ids = all.map { RuleCatalog.lint[$0.rule]?.id ?? $0.rule }
      return "\(line): \(ids.sorted().joined(separator: " "))"
    }
  }
}
