import FlowDiagnostics
import FlowGraph
import FlowLint
import TaskFlow
import TaskFlowTesting
import Testing

struct RedundantAfterTests {
  private func findings(_ text: String) -> [Finding] {
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "flow.yaml")
    let rules = LintRule.all.filter { $0.name == "redundant-after" }
    return Linter(rules: rules).lint(reading).findings.filter { $0.rule == "redundant-after" }
  }

  /// The text with all edits made, the last one first.
  private func fixed(_ text: String) -> String {
    let edits = findings(text).compactMap(\.fix).flatMap(\.edits).sorted { $0.start > $1.start }
    return edits.reduce(text) { text, edit in
      var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
      let head = lines[edit.start.line - 1].unicodeScalars.prefix(edit.start.column - 1)
      let last = edit.end.line <= lines.count ? lines[edit.end.line - 1] : ""
      let tail = last.unicodeScalars.dropFirst(edit.end.column - 1)
      lines.replaceSubrange(
        (edit.start.line - 1)..<min(edit.end.line, lines.count),
        with: [String(Substring(head)) + edit.replacement + String(Substring(tail))])
      return lines.joined(separator: "\n")
    }
  }

  @Test func `what an alias stands for is not taken out`() throws {
    for (list, alias) in [("&x [a]", "*x"), ("[ &x a ]", "[*x]"), ("\n    - &x a", "[*x]")] {
      let text = """
        tfgraph: 1
        flow: f
        linear:
        - { task: a, run: x, revert: none }
        - task: b
          run: x
          revert: none
          after: \(list)
        - task: c
          run: x
          revert: none
          after: \(alias)

        """
      let fixed = Linter().fixing(Array(text.utf8), path: "flow.yaml", .safe)
      #expect(fixed.report.compilation?.plan != nil, "\(list)")
      #expect(String(decoding: fixed.bytes, as: UTF8.self).contains("&x"))
    }
  }

  /// Which atom comes before which, by their names.
  private func order(_ plan: Plan) -> Set<[String]> {
    var pairs: Set<[String]> = []
    for atom in plan.atoms {
      for later in plan.graph.descendants(of: Int(atom)) {
        pairs.insert([plan.name(of: atom), plan.name(of: NodeIndex(later))])
      }
    }
    return pairs
  }

  @Test
  func `without it the order is the same, and nothing more is redundant, in 1,000 random flows`()
    throws
  {
    var (changed, kept) = (0, 0)
    for seed: UInt64 in 1...1_000 {
      let document = RandomDocument(seed: seed, .init(retries: 20, afters: 70))
      let plan = try #require(document.plan)
      let text = fixed(document.text)
      let reading = FlowDocument.read(bytes: Array(text.utf8), path: "flow.yaml")
      let fixedPlan = try #require(reading.compile()?.plan, "seed \(seed)\n\(text)")
      #expect(order(plan) == order(fixedPlan), "seed \(seed)\n\(document.text)")
      #expect(findings(text).isEmpty, "seed \(seed)\n\(text)")
      if text == document.text { kept += 1 } else { changed += 1 }
    }
    #expect(changed > 300 && kept > 300, "\(changed) \(kept)")
  }

  @Test func `any other one is needed, in 1,000 random flows`() throws {
    for seed: UInt64 in 1...1_000 {
      let document = RandomDocument(seed: seed, .init(afters: 70))
      let text = fixed(document.text)
      let plan = try #require(FlowDocument.read(bytes: Array(text.utf8), path: "f").compile()?.plan)
      var lines = text.split(separator: "\n").map(String.init)
      for index in lines.indices where lines[index].contains("after: ") {
        let line = lines[index]
        lines[index] = String(line.prefix { $0 == " " }) + "description: nothing"
        let bytes = Array(lines.joined(separator: "\n").utf8)
        if let other = FlowDocument.read(bytes: bytes, path: "f").compile()?.plan {
          #expect(order(plan) != order(other), "seed \(seed): \(line)\n\(text)")
        }
        lines[index] = line
      }
    }
  }

  @Test(arguments: [
    ("after: [b, a]  # why", "after: [b]  # why"),
    ("after: [a, b]", "after: [b]"),
    ("after: [a, b, a]", "after: [b]"),
    ("after: [ 'a' , b ]", "after: [ b ]"),
    ("after:\n      - a  # why\n      - b", "after:\n      # why\n      - b"),
    ("after:\n      - b\n      - a", "after:\n      - b"),
    (
      "after: [b, a] # <- \u{1F600} ü\n    description: x",
      "after: [b] # <- \u{1F600} ü\n    description: x"
    ),
    ("after:\n      - \"a\"\n      # two\n      - b", "after:\n      # two\n      - b"),
    ("after: [a,\n      b]", "after: [b]"),
    ("after: [\n        b,\n        a,\n      ]", "after: [\n        b,\n      ]"),
    ("after: [\n        a, # why\n        b]", "after: [\n        a, # why\n        b]"),
  ])
  func `a name is dropped, and comments stay`(before: String, after: String) {
    func text(_ after: String) -> String {
      """
      tfgraph: 1
      flow: f
      graph:
        - task: a
          run: x
        - task: b
          after: [a]
          run: x
        - task: c
          \(after)
          run: x
      """
    }
    #expect(fixed(text(before)) == text(after))
  }

  @Test(arguments: [
    ("    after: [a]\n    run: x", "    run: x"),
    ("    after: [a]   # why\n    run: x", "    # why\n    run: x"),
    ("    after:\n      - a\n    run: x", "    run: x"),
    ("    after:\n    - a\n    run: x", "    run: x"),
    ("    run: x\n    after: [a]", "    run: x"),
    ("    after: [\n      a,\n    ]\n    run: x", "    run: x"),
    ("    after: [\n      a\n    ] # why\n    run: x", "    # why\n    run: x"),
    ("    after: # why\n      - a # one\n    run: x", "    # why\n      # one\n    run: x"),
    ("    after:\n      # first\n\n      - a\n    run: x", "      # first\n\n    run: x"),
    ("    after: [a,\n      a]\n    run: x", "    run: x"),
    ("    after: # why\n      - a\n    run: x", "    # why\n    run: x"),
    ("    run: x\r\n    after: [a]\r\n    version: 1.0\r", "    run: x\r\n    version: 1.0\r"),
  ])
  func `the key goes with its last name`(before: String, after: String) {
    func text(_ body: String) -> String {
      """
      tfgraph: 1
      flow: f
      linear:
        - task: a
          run: x
        - task: c
      \(body)
        - task: d
          run: x
      """
    }
    #expect(fixed(text(before)) == text(after))
  }

  @Test(arguments: [
    "- { task: c, after: [a], run: x }": "- { task: c, run: x }",
    "- { task: c, run: x, after: [a] }": "- { task: c, run: x }",
    "- { after: [a], task: c, run: x }": "- { task: c, run: x }",
    "- after: [a]\n    task: c\n    run: x": "- task: c\n    run: x",
  ])
  func `a task keeps its other keys, in whichever order they are`(before: String, after: String) {
    func text(_ task: String) -> String {
      "tfgraph: 1\nflow: f\nlinear:\n  - { task: a, run: x }\n  \(task)\n"
    }
    #expect(fixed(text(before)) == text(after))
  }

  @Test(arguments: [
    "  - after: [a] # why\n    task: c\n    run: x",
    "  - after:\n      - a\n    task: c\n    run: x",
    "  - task: c\n    after: [ # why\n      a]\n    run: x",
    "  - task: c\n    after: [a, # why\n      a]\n    run: x",
  ])
  func `where more stands there than can be seen nothing is changed`(task: String) {
    let text = "tfgraph: 1\nflow: f\nlinear:\n  - task: a\n    run: x\n\(task)\n"
    #expect(!findings(text).isEmpty)
    #expect(fixed(text) == text)
  }

  @Test func `a link of a program is found as well, and one with a decider is not`() {
    func links(decider: LinkDecider?) -> [String] {
      var flow = Flow.graph("f") {
        FlowTask("a") {}
        FlowTask("b") {}
        FlowTask("c") {}
      }
      flow.link(from: "a", to: "b")
      flow.link(from: "b", to: "c")
      flow.link(from: "a", to: "c", decider: decider)
      let rules = LintRule.all.filter { $0.name == "redundant-after" }
      return Linter(rules: rules).lint(flow).findings.map(\.message)
    }
    #expect(links(decider: nil) == ["'c' is put after 'a' and comes after it anyway"])
    #expect(links(decider: LinkDecider { _ in true }) == [])
  }
}
