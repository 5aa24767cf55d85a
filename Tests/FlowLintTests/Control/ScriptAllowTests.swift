import FlowDiagnostics
import TaskFlow
import Testing

@testable import FlowLint

@Suite struct ScriptAllowTests {
  /// Whether what TFG404 finds in the line that holds `HERE` would be allowed.
  private func isAllowed(_ script: String, header: String = "run: |", above: String = "") throws
    -> Bool
  {
    let body = script.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "      \($0)" }.joined(separator: "\n")
    let text = """
      tfgraph: 1
      flow: deploy
      linear:
        - task: build
      \(above)    \(header)
      \(body)
          timeout: 1m
      """
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "f")
    let tree = try #require(reading.tree, "\(reading.findings)")
    let document = LintedDocument(tree: tree, text: text, flow: reading.document?.flow)
    let allowances = Allowances(document: document, flow: nil, requiresReason: false)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("HERE") }) + 1
    let span = SourceSpan(file: "f", line: line, column: 7)
    return allowances.use(for: "no-timeout", at: span) != nil
  }

  private let comment = "# tfgraph: allow[no-timeout] why"

  @Test func `a comment of the shell holds for its line, or the one below`() throws {
    #expect(try isAllowed("echo $HERE \(comment)"))
    #expect(try isAllowed("echo\n\(comment)\n# more\necho $HERE"))
    #expect(try isAllowed("\(comment)\n  echo $HERE"))
    #expect(try isAllowed("\(comment)\necho\necho $HERE") == false)
    #expect(try isAllowed("echo $HERE\n\(comment)") == false)
  }

  @Test(arguments: [
    "echo 'HERE # tfgraph: allow[no-timeout] why'",
    "echo \"HERE # tfgraph: allow[no-timeout] why\"",
    "echo HERE# tfgraph: allow[no-timeout] why", "echo HERE \\# tfgraph: allow[no-timeout] why",
  ])
  func `words and quoted text of the shell are no comments`(script: String) throws {
    #expect(try isAllowed(script) == false)
  }

  @Test func `a comment where the block begins holds for all of it`() throws {
    #expect(try isAllowed("echo\necho $HERE", header: "run: | \(comment)"))
    #expect(try isAllowed("echo\necho $HERE", above: "    \(comment)\n"))
  }

  @Test func `text that is no script has no comments of a shell`() throws {
    #expect(try isAllowed("HERE \(comment)", header: "run: x\n    description: |") == false)
  }

  @Test(
    arguments: [
      ([1...3, 5...9], 2, 1), ([1...3, 5...9], 3, 1), ([1...3, 5...9], 9, 5),
      ([1...3, 3...9], 8, 1),
      ([1...3, 3...9], 3, 1), ([1...3, 5...9], 1, nil), ([1...3, 5...9], 4, nil),
      ([1...3, 5...9], 10, nil), ([], 1, nil),
    ] as [([ClosedRange<Int>], Int, Int?)])
  func `a line in a block belongs to the line in which the block begins`(
    blocks: [ClosedRange<Int>], line: Int, header: Int?
  ) {
    #expect(blocks.header(ofLine: line) == header)
  }
}
