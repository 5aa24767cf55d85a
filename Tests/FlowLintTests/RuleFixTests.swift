import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow
import Testing

@Suite struct RuleFixTests {
  /// A part of a flow with a mistake, and what the fix of the one finding makes of it.
  struct Change: Sendable, CustomTestStringConvertible {
    var rule: String
    var before: String
    var after: String
    var isSafe = false
    var testDescription: String { "\(rule): \(before)" }
  }

  static let changes = [
    Change(rule: "unknown-key", before: "    timout: 5s", after: "    timeout: 5s"),
    Change(rule: "unknown-key", before: "    'timout': 5s", after: "    'timeout': 5s"),
    Change(rule: "unknown-key", before: "    depends: [a]", after: "    depends: [a]"),
    Change(rule: "unknown-key", before: "    condition: flag", after: "    when: flag"),
    Change(
      rule: "unknown-key", before: "    timeout: 5s\n    timout: 6s",
      after: "    timeout: 5s\n    timout: 6s"),
    Change(
      rule: "missing-requirement", before: "    requires: [flga]", after: "    requires: [flag]"),
    Change(
      rule: "missing-requirement", before: "    requires: { x: \"flga\" }",
      after: "    requires: { x: \"flag\" }"),
    Change(rule: "missing-requirement", before: "    when: '!flga'", after: "    when: '!flag'"),
    Change(
      rule: "missing-requirement", before: "    requires: [other]", after: "    requires: [other]"),
    Change(rule: "unknown-name", before: "    after: [frist]", after: "    after: [first]"),
    Change(rule: "unknown-name", before: "    after: ['frist']", after: "    after: ['first']"),
    Change(
      rule: "ambiguous-scalar", before: "    inject: { x: no }", after: "    inject: { x: 'no' }",
      isSafe: true),
    Change(
      rule: "ambiguous-scalar", before: "    inject: { x: &a 1:30 }",
      after: "    inject: { x: &a '1:30' }", isSafe: true),
    Change(
      rule: "ambiguous-scalar", before: "    inject: { x: 1.10 }",
      after: "    inject: { x: '1.10' }"),
    Change(
      rule: "undeclared-variable", before: "    run: echo \"$flag $size\"",
      after: "    requires: [flag, size]\n    run: echo \"$flag $size\""),
    Change(
      rule: "undeclared-variable", before: "    requires: [flag]\n    run: x \"$flag $size\"",
      after: "    requires: [flag, size]\n    run: x \"$flag $size\""),
    Change(
      rule: "undeclared-variable", before: "    run: x\n    revert: { run: x $size }",
      after: "    run: x\n    revert: { requires: [size], run: x $size }"),
    Change(
      rule: "undeclared-variable",
      before: "    requires:\n      - 'flag' # why\n    run: x \"$flag $size\"",
      after: "    requires:\n      - size\n      - 'flag' # why\n    run: x \"$flag $size\""),
    Change(
      rule: "undeclared-variable", before: "    requires: { f: flag }\n    run: x \"$f $size\"",
      after: "    requires: { f: flag, size: size }\n    run: x \"$f $size\""),
    Change(
      rule: "undeclared-variable",
      before: "    requires:\n      f: flag # why\n    run: x \"$f $size\"",
      after: "    requires:\n      size: size\n      f: flag # why\n    run: x \"$f $size\""),
    Change(
      rule: "undeclared-variable",
      before: "    requires: &shared [flag]\n    run: x \"$flag $size\"",
      after: "    requires: &shared [flag]\n    run: x \"$flag $size\""),
    Change(
      rule: "undeclared-variable",
      before: "    requires: { own: size }\n    run: x $own $size",
      after: "    requires: { own: size }\n    run: x $own $size"),
  ]

  @Test(arguments: changes)
  func `a fix changes what the finding is about, and nothing else`(change: Change) throws {
    let source = Self.flow(with: change.before)
    let found = findings(in: source).filter { $0.rule == change.rule }
    try #require(!found.isEmpty)
    let fix = found[0].fix
    #expect(found.dropFirst().allSatisfy { $0.fix == nil })
    #expect(fix.map { source.applying($0) } ?? source == Self.flow(with: change.after))
    guard let fix else { return }
    #expect(fix.isSafe == change.isSafe)
    let mended = findings(in: source.applying(fix)).filter { $0.rule == change.rule }
    #expect(mended.map(\.message) == [])
  }

  @Test(arguments: [
    // It comes later, beside, or after what would read it.
    ("linear", "  - task: a\n    run: x \"$o\"\n  - task: b\n    provides: o\n    run: x\n"),
    ("unordered", "  - task: b\n    provides: o\n    run: x\n  - task: a\n    run: x \"$o\"\n"),
    (
      "graph",
      "  - task: b\n    provides: o\n    run: x\n    after: [a]\n  - task: a\n    run: x \"$o\"\n"
    ),
  ])
  func `what could not be read is not required`(pattern: String, tasks: String) {
    let text = "tfgraph: 1\nflow: f\n\(pattern):\n\(tasks)"
    let found = findings(in: text).filter { $0.rule == "undeclared-variable" }
    #expect(
      found.map(\.help) == ["task 'b' provides it, and does not come before this one"])
    #expect(found.map(\.fix) == [nil])
    // The others are fixed, and nothing breaks.
    #expect(Linter().fixing(Array(text.utf8), path: "f", .any).broken == nil)
  }

  @Test func `what a graph can order is required`() {
    let text = """
      tfgraph: 1
      flow: f
      graph:
        - task: a
          run: x "$o"
        - task: b
          provides: o
          run: x

      """
    let found = findings(in: text).filter { $0.rule == "undeclared-variable" }
    #expect(found.first?.fix.map { text.applying($0) }?.contains("requires: [o]") == true)
  }

  @Test func `what is written as JSON stays JSON`() throws {
    let text = #"""
      { "tfgraph": 1, "flow": "f", "defaults": { "timeout": "1m" },
        "inputs": { "size": {}, "flag": {} },
        "linear": [
          { "task": "a", "run": "echo $size", "revert": "none" },
          { "task": "b", "requires": ["flag"], "run": "echo $flag $size", "revert": "none" } ] }
      """#
    let fixed = Linter().fixing(Array(text.utf8), path: "f.flow.yaml", .any)
    #expect(fixed.fixCount == 2)
    let value = try JSONSerialization.jsonObject(with: Data(fixed.bytes)) as? [String: Any]
    let tasks = try #require(value?["linear"] as? [[String: Any]])
    #expect(tasks.map { $0["requires"] as? [String] } == [["size"], ["flag", "size"]])
  }

  @Test func `a place in Swift code is not changed`() {
    let number = Symbol<Int>("number")
    let other = Symbol<Int>("numbre")
    let flow = Flow.linear("f") {
      FlowTask("a", provides: number) { 1 }
      FlowTask("b", requires: other) { _ in }
    }
    let findings = Linter().lint(flow).findings.filter { $0.rule == "missing-requirement" }
    #expect(findings.map(\.help) == ["did you mean 'number', provided by task 'a'?"])
    #expect(findings.map(\.fix) == [nil])
  }

  @Test func `what to do is said in the words of whoever declared the flow`() {
    let flow = Flow.linear("f") {
      FlowTask("a") {}.nothingToRevert()
      FlowTask("b") {}
      FlowTask("b2") {}.reverting { _ in }
      Flow.linear("tried", retry: .times("again", attempts: 2)) {
        FlowTask("c") {}
      }
      Flow.linear("given-up", retry: .alwaysRevert("no")) {
        FlowTask("d") {}.reverting { _ in }
      }
    }
    let (one, two) = (Symbol<Int>("one"), Symbol<Int>("two"))
    let ordered = Flow.linear("g") {
      Flow.linear("look") {
        FlowTask("first", provides: one) { 1 }.nothingToRevert()
        FlowTask("second", provides: two) { 2 }.nothingToRevert()
      }
      FlowTask("sum", requires: one, two) { _, _ in }
    }
    #expect(
      Linter().lint(ordered).findings.first { $0.rule == "needless-order" }?.help
        == "write 'Flow.graph' to have its 2 tasks done in 1 tier")
    let helps = Linter().lint(flow).findings.map { "\($0.rule): \($0.help ?? "")" }
    for expected in [
      "missing-revert: say how it is undone; 'nothingToRevert()' says that there is nothing to undo",
      "retry-of-nonidempotent: say how it is undone, or 'changing { $0.isIdempotent = true }' if it "
        + "does no harm when repeated",
      "partial-revert: write 'revertsAll: true' to have everything undone",
      "partial-revert: write '.alwaysRevertAll' to have everything undone",
    ] {
      #expect(helps.contains(expected), "\(helps)")
    }
  }

  private static func flow(with part: String) -> String {
    let action = part.contains("run:") ? "" : "    run: x\n"
    return """
      tfgraph: 1
      flow: f
      inputs: { flag: { type: bool }, size: {} }
      graph:
        - task: first
          requires: [flag, size]
          run: x
        - task: second

      """ + action + part + "\n"
  }

  private func findings(in source: String) -> [Finding] {
    let reading = FlowDocument.read(bytes: Array(source.utf8), path: "f.flow.yaml")
    return Linter().lint(reading).findings
  }
}

extension String {
  /// The text with the edits of a fix, each in one line.
  fileprivate func applying(_ fix: Fix) -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.unicodeScalars)
    }
    for edit in fix.edits.reversed() where edit.start.line == edit.end.line {
      lines[edit.start.line - 1].replaceSubrange(
        edit.start.column - 1..<edit.end.column - 1, with: Array(edit.replacement.unicodeScalars))
    }
    return lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
  }
}
