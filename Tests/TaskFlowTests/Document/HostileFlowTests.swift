import FlowDiagnostics
import Foundation
import TaskFlow
import Testing

/// What is made to cost time, memory or a crash gets one positioned error.
@Suite struct HostileFlowTests {
  private static let head = "tfgraph: 1\nflow: f\n"

  private func only(_ source: String) throws -> String {
    try only(FlowDocument.read(bytes: Array(source.utf8), path: "f"))
  }

  private func only(_ reading: FlowDocument.Reading) throws -> String {
    let findings = reading.allFindings
    #expect(findings.count == 1)
    let first = try #require(findings.first)
    return "\(first.span.line):\(first.span.column) \(first.rule): \(first.message)"
  }

  @Test func `deep nesting`() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(
      try only(deep) == "1:65 input-limit: more than 64 lists and mappings inside each other")
    var flows = Self.head + "linear:\n"
    for depth in 0..<100 {
      flows += String(repeating: "    ", count: depth) + "- flow: f\(depth)\n"
      flows += String(repeating: "    ", count: depth) + "  linear:\n"
    }
    #expect(try only(flows).hasSuffix("more than 64 lists and mappings inside each other"))
  }

  @Test func `an alias bomb`() throws {
    var source = Self.head + "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
    for level in 1...20 {
      let aliases = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      source += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(try only(source).contains("10 times the file"))
  }

  @Test func `text that is none`() throws {
    #expect(try only(FlowDocument.read(bytes: [0x61, 0xFF], path: "f")).hasPrefix("1:2 yaml-"))
    #expect(try only("flow: a\nb: \u{0}").hasPrefix("2:4 yaml-"))
    #expect(try only("").hasPrefix("1:1 yaml-syntax: the file is empty"))
    #expect(try only("# only this\n").hasPrefix("1:1 yaml-syntax: the file is empty"))
  }

  @Test func `two documents, and a text that is too long`() throws {
    #expect(try only(Self.head + "linear: []\n---\na: 1").hasPrefix("4:1 yaml-syntax: a second"))
    let long = String(repeating: "x", count: 1 << 20)
    #expect(try only(Self.head + "description: x\(long)").contains("1 MiB"))
  }

  @Test func `tags and duplicate keys`() throws {
    #expect(
      try only(Self.head + "linear: !!seq []").hasPrefix("3:9 yaml-syntax: tags are not supported"))
    #expect(
      try only(Self.head + "linear: []\nlinear: []").hasPrefix("4:1 duplicate-key: duplicate key"))
  }

  @Test func `what is no file`() throws {
    let folder = FlowDocument.read(path: "/tmp")
    #expect(try only(folder) == "1:1 unreadable-file: '/tmp' is a directory")
    #expect(folder.isUnreadable)
    #expect(try only(FlowDocument.read(path: "/nowhere/a")).contains("there is no file"))
    #expect(try only(FlowDocument.read(path: "")).contains("no path of a file"))
  }

  // MARK: What stands for more than itself

  @Test func `a matrix that is too large`() throws {
    let values = (0..<40).map(String.init).joined(separator: ", ")
    let matrix = "{ a: [\(values)], b: [\(values)] }"
    #expect(
      try only(Self.head + "graph:\n  - { task: a, run: echo, matrix: \(matrix) }")
        .hasSuffix("input-limit: the matrix of task 'a' makes more than 1000 tasks"))
  }

  @Test func `many matrices`() throws {
    let values = (0..<1000).map(String.init).joined(separator: ", ")
    var source = Self.head + "graph:\n  - { task: t, run: echo, matrix: &m { a: [\(values)] } }\n"
    source += "# " + String(repeating: "x", count: 300_000) + "\n"
    for index in 0..<400 { source += "  - { task: t\(index), run: echo, matrix: *m }\n" }
    #expect(try only(source).contains("make more than 250000 tasks, links and variables"))
  }

  @Test func `order between matrices`() throws {
    let values = (0..<1000).map(String.init).joined(separator: ", ")
    var source = Self.head + "graph:\n  - { task: t, run: echo, matrix: { a: [\(values)] } }\n"
    let after = [String](repeating: "t", count: 100).joined(separator: ", ")
    source += "  - { task: u, run: echo, matrix: { a: [\(values)] }, after: [\(after)] }\n"
    #expect(try only(source).contains("make more than 250000 tasks, links and variables"))
  }

  @Test func `an environment for each of many tasks`() throws {
    let variables = (0..<2_000).map { "V\($0): x" }.joined(separator: ", ")
    var source = Self.head + "env: { \(variables) }\ngraph:\n"
    for index in 0..<500 { source += "  - { task: t\(index), run: echo, env: { A: b } }\n" }
    #expect(try only(source).contains("make more than 250000 tasks, links and variables"))
  }

  @Test func `tens of thousands of mistakes`() throws {
    var source = Self.head + "graph:\n"
    for index in 0..<20_000 { source += "  - { task: t\(index), rnu: echo, after: [u\(index)] }\n" }
    let findings = read(source).allFindings
    #expect(findings.count == 1_000)
    #expect(findings.last?.notes == ["the file has more mistakes; these are the first"])
  }

  @Test func `tens of thousands of names that are not there`() throws {
    var source = Self.head + "graph:\n"
    for index in 0..<20_000 {
      source += "  - { task: t\(index), run: echo, after: [u\(index)], requires: [x\(index)] }\n"
    }
    #expect(read(source).allFindings.count == 1_000)
  }
}
