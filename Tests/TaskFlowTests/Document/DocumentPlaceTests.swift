import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DocumentPlaceTests {
  private func found(_ task: String) -> [String] {
    let reading = read(
      "tfgraph: 1\nflow: f\ninputs: { s: { type: string } }\nlinear:\n  - task: a\n" + task)
    let lines = reading.text.split(separator: "\n", omittingEmptySubsequences: false)
    return reading.allFindings.map { "\($0.span.line):\($0.span.column) \($0.marked(in: lines))" }
  }

  @Test(arguments: [
    ("    when: s > 3\n    run: echo", "6:11 s > 3"),
    ("    when: 's > 3'\n    run: echo", "6:12 s > 3"),
    ("    when: \"s > 3\"\n    run: echo", "6:12 s > 3"),
    ("    when: ${{ s > 3 }}\n    run: echo", "6:15 s > 3"),
    ("    when: |\n      s != \"\" &&\n      !s\n    run: echo", "8:8 s"),
    ("    when: |\n      s != \"\" &&\n      unknown == 3\n    run: echo", "8:7 unknown"),
    ("    set: { x: 'größe ${{ !s }}' }", "6:27 s"),
    ("    set: { x: \"${{ gone }}\" }", "6:20 gone"),
    ("    run: |\n      echo a\n      echo \"${{ s }}\"", "8:13 ${{"),
    ("    exec: [echo, '${{ s }}']", "6:19 ${{"),
    ("    wait: ${{ gone.a }}", "6:15 gone"),
    ("    run: echo\n    description: an ${{ error", "7:21 ${{"),
  ])
  func `a mistake in an expression is marked where it is`(task: String, place: String) {
    #expect(found(task) == [place])
  }

  @Test(arguments: [
    ("--- # x", 1, 8), ("# a\n--- # b", 2, 8), ("# a\n---", 2, 4), ("- # a", 1, 1),
    ("tfgraph: 1\nflow: # a", 2, 6), ("--- # é\n\n", 3, 1), ("--- !!str # x", 1, 5),
  ])
  func `nothing at the end of a file is in its last line`(text: String, line: Int, column: Int) {
    let span = read(text).allFindings.last?.span
    #expect(span?.line == line && span?.column == column, "\(String(describing: span))")
  }

  @Test func `a mistake in a folded text is marked at the text`() {
    #expect(
      found("    run: echo\n    when: >-\n      s\n      > 3").map { $0.prefix(4) } == ["8:7 "])
  }

  @Test func `a name in another flow is shown there`() {
    let reading = read(
      """
      tfgraph: 1
      flow: f
      graph:
        - task: a
          run: echo
          after: [inside]
        - flow: around
          linear:
            - { task: inside, run: echo }
      """)
    #expect(reading.allFindings.map(\.span.line) == [6])
    #expect(reading.findings.first?.related.map(\.span.line) == [9])
    #expect(
      reading.findings.first?.related.first?.message == "'inside' is a child of flow 'around'")
    #expect(reading.findings.first?.help == "name 'around', which contains 'inside'")
  }

  @Test(arguments: [
    ("- { task: a, rum: echo }", "did you mean 'run'?"),
    ("- { task: a, script: echo }", "did you mean 'run'?"),
    ("- { task: a, run: echo, needs: [b] }", "did you mean 'after' or 'requires'?"),
    ("- { task: a, run: echo, inputs: [b] }", "'inputs' is a key of the flow"),
    ("- { task: a, linear: [] }", "only a flow has children"),
    ("- { flow: a, run: echo }", "'run' is a key of a task"),
    ("- { task: a, run: echo, zzzzzzz: 1 }", "keys are task, description, when, skip, matrix"),
    ("- { flow: a, linear: [], run: echo }", "'run' is a key of a task"),
    ("- { task: a, flow: b, run: echo }", "an item is a task or a flow"),
    ("- { tsk: a }", "did you mean 'task'?"),
    ("- { task: a, run: echo, when: true, skip: al }", "did you mean 'all'?"),
    ("- { task: a, run: echo, retry: 5 }", "write 'retry: { times: 5 }'"),
    ("- { task: a, run: echo, inject: { b: 1 }, requires: b }", "write it in brackets: [b]"),
    ("- { task: a, run: echo, after: b }", "write it in brackets: [b]"),
    ("- { task: a, run: echo, version: 2 }", "write '2.0'"),
    ("- { task: My Task, run: echo }", "call it 'my-task'"),
    ("- { task: a, run: echo, provides: theName }", "call it 'the_name'"),
  ])
  func `help says what was probably meant`(item: String, help: String) {
    let reading = read("tfgraph: 1\nflow: f\ngraph:\n  " + item)
    #expect(reading.allFindings.count == 1)
    #expect(reading.allFindings.first?.help?.hasPrefix(help) == true, "\(reading.allFindings)")
  }

  @Test(arguments: [
    ("inner", "drop it: a flow starts before its children and ends after them"),
    ("beside", "only children of one flow have an order: drop it, or put it on the flows around"),
    ("f", "only children of one flow have an order: drop it, or put it on the flows around"),
    ("deep", "name 'deeper', which contains 'deep'"),
    ("deeeper", "did you mean 'deeper'?"),
  ])
  func `help for a name that is no child of the flow says where it is`(name: String, help: String) {
    let reading = read(
      """
      tfgraph: 1
      flow: f
      linear:
        - task: beside
          run: echo
        - flow: inner
          graph:
            - flow: deeper
              linear:
                - { task: deep, run: echo }
            - { task: a, run: echo, after: [\(name)] }
      """)
    #expect(reading.allFindings.map(\.help) == [help])
  }

  @Test(arguments: [
    ("int", "write '{ type: int }'"),
    ("text", "write '{ type: string }'"),
    ("{ pattern: a+, default: b }", "change the default, or the input's pattern"),
    ("{ type: string, pattern: a+, default: b }", "change the default, or the input's pattern"),
    ("{ type: string, pattern: a+, default: 5 }", "put it in quotes, or change the input's type"),
    ("{ type: int, default: b }", "change the default, or the input's type"),
  ])
  func `help for an input says what to write`(input: String, help: String) {
    let reading = read("tfgraph: 1\nflow: f\ninputs: { x: \(input) }\nlinear: []")
    #expect(reading.allFindings.map(\.help) == [help])
  }

  @Test func `what a matrix provides is named by its combinations`() {
    let reading = read(
      """
      tfgraph: 1
      flow: f
      graph:
        - { task: load, run: echo, provides: rows, matrix: { region: [eu, us] } }
        - { task: sum, run: echo, requires: [rows] }
      """)
    #expect(
      reading.allFindings.map(\.help) == ["require those that are meant: 'rows_eu', 'rows_us'"])
    #expect(reading.allFindings.first?.related.map(\.span.line) == [4])
  }

  @Test func `what is twice because of an alias is marked at the alias as well`() throws {
    let found = read(
      """
      tfgraph: 1
      flow: f
      linear:
        - &one { task: a, run: echo }
        - *one
        - flow: g
          linear: [*one]

      """
    ).compile()?.findings
    let finding = try #require(found?.first)
    #expect(found?.count == 1)
    #expect(finding.rule == "duplicate-name" && finding.span.line == 4)
    #expect(finding.related.map { "\($0.span.line):\($0.span.column)" } == ["5:5", "7:14"])
  }
}
