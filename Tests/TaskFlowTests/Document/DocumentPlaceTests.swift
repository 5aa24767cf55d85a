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

  @Test func `a mistake in a folded text is marked at the text`() {
    #expect(
      found("    run: echo\n    when: >-\n      s\n      > 3").map { $0.prefix(4) } == ["7:11"])
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
    #expect(reading.findings.first?.related.first?.message == "'inside' is in another flow")
  }

  @Test(arguments: [
    ("- { task: a, rum: echo }", "did you mean 'run'?"),
    ("- { task: a, script: echo }", "did you mean 'run'?"),
    ("- { task: a, run: echo, needs: [b] }", "did you mean 'after' or 'requires'?"),
    ("- { task: a, run: echo, inputs: [b] }", "'inputs' is a key of the flow"),
    ("- { task: a, linear: [] }", "only a flow has children"),
    ("- { flow: a, run: echo }", "'run' is a key of a task"),
    ("- { task: a, run: echo, zzzzzzz: 1 }", "keys are task, description, run, exec, set, wait"),
    ("- { flow: a, linear: [], run: echo }", "'run' is a key of a task"),
    ("- { tsk: a }", "did you mean 'task'?"),
    ("- { task: a, run: echo, when: true, skip: al }", "did you mean 'all'?"),
    ("- { task: a, run: echo, retry: 5 }", "write 'retry: { times: 5 }'"),
    ("- { task: a, run: echo, requires: b }", "write it in brackets: [b]"),
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
}
