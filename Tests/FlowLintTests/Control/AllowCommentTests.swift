import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

@Suite struct AllowCommentTests {
  /// A flow of which TFG401 is found in line 5 and TFG207 in line 8, with comments in three places.
  private func flow(above: String = "  #", at: String = "", file: String = "#") -> String {
    """
    \(file)
    tfgraph: 1
    flow: deploy
    linear:
    \(above)
      - task: build\(at)
        run: ./build.sh
      - flow: checks
        linear: []

    """
  }

  @Test func `without a comment all is told`() {
    #expect(LintedText(flow()).found == ["6 TFG401", "8 TFG207"])
  }

  @Test(arguments: [
    "TFGRAPH: allow[TFG401] why", "Tfgraph: Allow[TFG401] why",
    "tfgraph: allow[TFG207] one # tfgraph: allow[TFG401] two",
  ])
  func `what looks like a comment that allows something, and is none, is told`(comment: String) {
    let linted = LintedText(flow(above: "  # \(comment)"))
    #expect(linted.found.contains("5 TFG902"))
    #expect(linted.found.contains("6 TFG401"))
  }

  @Test(arguments: [
    "TFG401", "no-timeout", "TFG4", "TFG40", "TFG", "TFG401,", "TFG401, TFG40", " no-timeout ",
  ])
  func `a rule is named by number, name or the beginning of numbers`(rules: String) {
    for text in [
      flow(above: "  # tfgraph: allow[\(rules)] why"), flow(at: " # tfgraph: allow[\(rules)] why"),
      flow(file: "# tfgraph: allow-file[\(rules)] why"),
    ] {
      let linted = LintedText(text)
      #expect(!linted.found.contains("6 TFG401"), "\(text)")
      #expect(linted.allowed.contains("6 TFG401: why"), "\(text)")
    }
  }

  @Test(arguments: [
    "#tfgraph:allow[TFG401]why", "#   tfgraph:  allow [ TFG401 ]  why",
    "# tfgraph: allow[TFG401]: why", "# tfgraph: allow[TFG401] - why",
  ])
  func `white space and what leads to the reason are free`(comment: String) {
    #expect(LintedText(flow(above: "  " + comment)).allowed == ["6 TFG401: why"])
  }

  @Test func `comments above a line stack, and hold for no other line`() {
    let stack = """
        # tfgraph: allow[TFG401] one
        # something for people
        # tfgraph: allow[TFG207] two
      """
    let linted = LintedText(flow(above: stack))
    #expect(linted.found == ["7 TFG901", "10 TFG207"])
    #expect(linted.allowed == ["8 TFG401: one"])
  }

  @Test func `a comment above a blank line, and one behind another line, hold for nothing`() {
    #expect(
      LintedText(flow(above: "  # tfgraph: allow[TFG401] why\n")).found
        == ["5 TFG901", "7 TFG401", "9 TFG207"])
    let behind = flow().replacing("linear:\n  #\n", with: "linear: # tfgraph: allow[TFG401] why\n")
    #expect(LintedText(behind).found == ["4 TFG901", "5 TFG401", "7 TFG207"])
  }

  @Test func `text that looks like a comment is none`() {
    let quoted = flow().replacing("./build.sh", with: "'./build.sh # tfgraph: allow[TFG401] x'")
    #expect(LintedText(quoted).found == ["6 TFG401", "8 TFG207"])
    let described = flow().replacing(
      "linear:\n  #\n",
      with: "description: |\n  x\n  # tfgraph: allow-file[TFG4] x\nlinear:\n")
    #expect(LintedText(described).found == ["8 TFG401", "10 TFG207"])
  }

  @Test func `an error that keeps a flow from being run is told whatever is allowed`() {
    let text = flow(at: " # tfgraph: allow[TFG] all", file: "# tfgraph: allow-file[TFG101] why")
      .replacing(
        "run: ./build.sh",
        with: "requires: [x] # tfgraph: allow[missing-requirement] no\n    run: ./build.sh \"$x\"")
    let linted = LintedText(text)
    #expect(linted.found == ["1 TFG901", "7 TFG101", "7 TFG901"])
    #expect(linted.allowed == [])
    #expect(linted.report.compilation?.plan == nil)
    #expect(
      linted.report.findings[0].notes == [
        "'TFG101' can't be allowed: a flow with it can't be run"
      ])
  }

  @Test func `with errors nothing is said about rules that could not look`() {
    let text = flow(at: " # tfgraph: allow[TFG207] why")
    #expect(LintedText(text).found.contains("6 TFG901"))
    let broken = text.replacing("flow: checks", with: "flow: build")
    #expect(!LintedText(broken).found.contains("6 TFG901"))
  }

  @Test func `comments about comments are allowed as others are`() {
    let text = flow(above: "  # tfgraph: allow[TFG903] habit\n  # tfgraph: allow[TFG401]")
    #expect(LintedText(text).found == ["9 TFG207"])
    #expect(LintedText(text).allowed == ["6 TFG903: habit", "7 TFG401: "])
    let idle = flow(file: "# tfgraph: allow-file[TFG903] habit")
    #expect(LintedText(idle).found.first == "1 TFG901")
  }

  @Test func `a rule that is not asked for makes no comment unused`() throws {
    let text = flow(above: "  # tfgraph: allow[TFG401] why")
    var configuration = LintConfiguration()
    configuration.select = [RuleSelector("TFG9")]
    #expect(LintedText(text, configuration).found == [])
    #expect(LintedText(text, configuration).allowed == [])
    let rules = LintRule.all.filter { $0.id == "TFG901" }
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "f")
    #expect(Linter(rules: rules).lint(reading).findings == [])
  }

  @Test func `what is allowed is counted apart, so that it hides nothing`() {
    var text = "tfgraph: 1\nflow: big\nunordered:\n"
    for index in 0..<1_500 {
      text += "  # tfgraph: allow[TFG401] why\n  - task: t\(index)\n    run: x\n"
    }
    text += "  - task: last\n    run: x\n"
    #expect(LintedText(text).found == ["4504 TFG401"])
    #expect(LintedText(text).allowed.count == 1_000)
  }
}
