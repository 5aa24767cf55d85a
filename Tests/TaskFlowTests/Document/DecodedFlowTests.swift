import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DecodedFlowTests {
  private func decoded(_ source: String) throws -> String {
    let reading = read("tfgraph: 1\nflow: f\n" + source)
    #expect(reading.allFindings.map(\.message) == [])
    return outline(of: try #require(reading.document).flow)
  }

  @Test func `a task has all that it says`() throws {
    let text = try decoded(
      """
      env: { A: b }
      defaults: { timeout: 15m, shell: [sh, -c] }
      inputs: { text: { type: string, pattern: a+, default: aa }, rows: { type: int, default: 1 } }
      linear:
        - task: all
          requires: { word: text }
          optional: [nowhere]
          inject: { own: [1] }
          env: { C: 5 }
          run: echo
          provides: { raw: stdout, size: { from: stdout, type: int }, file: file:a.txt }
          priority: 3
          version: 1.10
          idempotent: true
          when: word == "aa" && rows > 0
          skip: flow
          revert: { run: undo, requires: [rows], timeout: 1s, shell: [bash, -c] }
        - task: plain
          exec: [a, 1]
          provides: out
          timeout: 1h
          irreversible: true
          at_most_once: true
        - task: several
          provides: [x, y]
          run: echo
          revert: none
      """)
    #expect(
      text == """
        input text: string /a+/ = "aa"
        input rows: int = 1
        linear f
          task all(word=text, nowhere?, own) -> keys raw: string, size: int, file: string: \
        sh -c <echo> captures [TaskFlow.CommandAction.Capture.standardOutput, \
        TaskFlow.CommandAction.Capture.standardOutput, TaskFlow.CommandAction.Capture.file("a.txt")] \
        env ["A=b", "C=5"] timeout 15m priority 3 version 1.10 idempotent
            inject own = list([TaskFlow.FlowValue.int(1)])
            when word == "aa" && rows > 0 (word=text, rows) skip flow
            revert(word=text, nowhere?, own, rows): bash -c <undo> env ["A=b"] timeout 1s
          task plain() -> whole out: string: ["a", "1"] captures \
        [TaskFlow.CommandAction.Capture.standardOutput] env ["A=b"] timeout 1h irreversible at-most-once
          task several() -> keys x, y: sh -c <echo> captures \
        [TaskFlow.CommandAction.Capture.outputFile, TaskFlow.CommandAction.Capture.outputFile] \
        env ["A=b"] timeout 15m revert none
        """)
  }

  @Test func `secrets are named once, and given to who asks, and to its revert`() throws {
    let text = try decoded(
      """
      secrets: { TOKEN: { env: REGISTRY_TOKEN }, KEY: { file: key.pem } }
      linear:
        - task: push
          secrets: [TOKEN]
          run: echo
          revert: { run: undo, secrets: [KEY, TOKEN] }
        - { task: other, exec: [a], revert: { run: undo, secrets: [KEY] } }
      """)
    #expect(
      text == """
        linear f
          task push(): bash -euo pipefail -c <echo> secrets ["TOKEN"]
            revert(same): bash -euo pipefail -c <undo> secrets ["TOKEN", "KEY"]
          task other(): ["a"]
            revert(same): bash -euo pipefail -c <undo> secrets ["KEY"]
        """)
  }

  @Test func `set and wait read what their expressions name`() throws {
    let text = try decoded(
      """
      inputs: { a: { type: int, default: 1 }, b: { default: x }, pause: { type: string, default: 1s } }
      linear:
        - task: one
          set: { x: '${{ a }}', y: 'a ${{ b }}', z: [1], w: '${{ default(gone, 2) }}' }
        - task: two
          requires: { c: a }
          set: ${{ c > 1 }}
          provides: truth
        - task: three
          wait: ${{ pause }}
      """)
    #expect(
      text.split(separator: "\n").suffix(3).joined(separator: "\n") == """
          task one(a, b, gone?) -> keys x: int, y: string, z: list, w: <${{ a }}>, \
        <a ${{ b }}>, [1], <${{ default(gone, 2) }}>
          task two(c=a) -> whole truth: bool: <${{ c > 1 }}>
          task three(pause): wait <${{ pause }}>
        """)
  }

  @Test func `a matrix makes tasks with values and symbols of their own`() throws {
    let text = try decoded(
      """
      graph:
        - task: load
          description: Load ${{ region }} of ${{ day }}
          matrix: { region: [eu, ap-1], full: [true, 2] }
          exec: [load]
          provides: { rows: exit, name: stdout }
          revert: { exec: [drop] }
        - task: sum
          after: [load]
          exec: [sum]
          requires: [rows_eu_true, name_ap_1_2]
        - task: one
          after: ['load[eu,2]']
          exec: [one]
      """)
    #expect(
      text == """
        graph f
          task load[eu,true](region, full) -> keys rows_eu_true/rows: int, name_eu_true/name: string: \
        ["load"] captures [TaskFlow.CommandAction.Capture.exitCode, \
        TaskFlow.CommandAction.Capture.standardOutput]
            inject region = string("eu")
            inject full = bool(true)
            revert(same): ["drop"]
          task load[eu,2](region, full) -> keys rows_eu_2/rows: int, name_eu_2/name: string: ["load"] \
        captures [TaskFlow.CommandAction.Capture.exitCode, \
        TaskFlow.CommandAction.Capture.standardOutput]
            inject region = string("eu")
            inject full = int(2)
            revert(same): ["drop"]
          task load[ap-1,true](region, full) -> keys rows_ap_1_true/rows: int, name_ap_1_true/name: \
        string: ["load"] captures [TaskFlow.CommandAction.Capture.exitCode, \
        TaskFlow.CommandAction.Capture.standardOutput]
            inject region = string("ap-1")
            inject full = bool(true)
            revert(same): ["drop"]
          task load[ap-1,2](region, full) -> keys rows_ap_1_2/rows: int, name_ap_1_2/name: string: \
        ["load"] captures [TaskFlow.CommandAction.Capture.exitCode, \
        TaskFlow.CommandAction.Capture.standardOutput]
            inject region = string("ap-1")
            inject full = int(2)
            revert(same): ["drop"]
          task sum(rows_eu_true, name_ap_1_2): ["sum"]
          task one(): ["one"]
          load[eu,true] -> sum
          load[eu,2] -> sum
          load[ap-1,true] -> sum
          load[ap-1,2] -> sum
          load[eu,2] -> one
        """)
  }

  @Test func `a retry on a task is a flow around it`() throws {
    let text = try decoded(
      """
      graph:
        - task: load
          matrix: { n: [1, 2] }
          exec: [load]
          retry: { times: 3, provides: attempt, backoff: { initial: 1s, max: 2m, jitter: full } }
        - task: again
          exec: [again]
          retry: { for_each: [a, b], provides: letter, exhausted: revert-all }
          after: ['load[2]', load]
      target: again
      """)
    #expect(
      text == """
        graph f target again.flow
          linear load[1].flow
            retry load[1].retry times 3 provides attempt backoff 1s x2.0 max 2m full
            task load[1](n): ["load"]
              inject n = int(1)
          linear load[2].flow
            retry load[2].retry times 3 provides attempt backoff 1s x2.0 max 2m full
            task load[2](n): ["load"]
              inject n = int(2)
          linear again.flow
            retry again.retry each of ["string(\\"a\\")", "string(\\"b\\")"] provides letter reverts all
            task again(): ["again"]
          load[2].flow -> again.flow
          load[1].flow -> again.flow
          load[2].flow -> again.flow
        """)
  }

  @Test func `what the file itself knows is filled into a description`() throws {
    let reading = read(
      """
      tfgraph: 1
      flow: f
      linear:
        - task: a
          description: '${{ x }} of ${{ y }}: ${{ list[0] }} $${{'
          inject: { list: [5] }
          matrix: { x: [eu] }
          run: echo
      """)
    guard case .task(let task)? = reading.document?.flow.items.first else {
      Issue.record("no task")
      return
    }
    #expect(task.traits.summary == "eu of ${{ y }}: 5 ${{")
  }

  @Test func `names are brought into one form`() throws {
    let text = try decoded(
      """
      graph:
        - task: "cafe\u{301}"
          exec: [a]
        - task: b
          exec: [b]
          after: ["caf\u{E9}"]
      """)
    #expect(text.unicodeScalars.contains("\u{E9}"))
    #expect(!text.unicodeScalars.contains("\u{301}"))
  }

  @Test func `JSON and YAML of the same shape are the same flow`() throws {
    let yaml = """
      inputs: { a: { type: int, default: 3 } }
      retry: { times: 2, provides: attempt }
      graph:
        - task: one
          run: echo "$a"
          requires: [a]
          provides: { x: stdout }
          revert: none
        - flow: two
          after: [one]
          unordered:
            - task: three
              exec: [echo, 'a']
              timeout: 5s
      """
    let json = #"""
      {"tfgraph": 1, "flow": "f", "inputs": {"a": {"type": "int", "default": 3}},
       "retry": {"times": 2, "provides": "attempt"},
       "graph": [
        {"task": "one", "run": "echo \"$a\"", "requires": ["a"], "provides": {"x": "stdout"},
         "revert": "none"},
        {"flow": "two", "after": ["one"], "unordered": [
          {"task": "three", "exec": ["echo", "a"], "timeout": "5s"}]}]}
      """#
    let reading = read(json)
    #expect(reading.allFindings == [])
    #expect(try decoded(yaml) == outline(of: try #require(reading.document).flow))
  }

  @Test(arguments: [
    ("f.flow.yaml", nil), ("a/b/f.flow.yaml", "a/b"), ("/f.flow.yaml", "/"), ("./f", "."),
  ])
  func `processes run in the folder of the file`(path: String, folder: String?) throws {
    let reading = read("tfgraph: 1\nflow: f\nlinear: [{task: a, run: echo}]", path: path)
    guard case .task(let task)? = reading.document?.flow.items.first,
      case .command(let command) = task.action
    else {
      Issue.record("no command")
      return
    }
    #expect(command.workingDirectory == folder)
  }
}
