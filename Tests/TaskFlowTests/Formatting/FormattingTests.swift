import FlowDiagnostics
import TaskFlow
import Testing

/// What the form of a document looks like, part by part.
@Suite struct FormattingTests {
  private static let head = "tfgraph: 1\nflow: f\n"

  private func form(_ text: String) -> String {
    switch DocumentFormatter.format(bytes: Array(text.utf8), file: "f") {
    case .formatted(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .json: return "JSON"
    case .refused(let findings):
      return "refused: " + findings.map(\.message).joined(separator: ", ")
    case .lost: return "lost"
    }
  }

  @Test func `keys of tasks and flows have an order, and those of users keep theirs`() {
    let text = """
      flow: f
      graph:
        - description: It builds
          revert: { timeout: 5s, run: echo, requires: [b, a] }
          provides: { z: stdout, a: exit }
          run: echo
          requires: { z: b, a: c }
          task: build
          mystery: 5
        - graph: []
          flow: inner
          retry: { exhausted: revert, times: 3 }
      inputs: { b: { description: B, type: int }, a: {} }
      tfgraph: 1

      """
    #expect(
      form(text) == """
        tfgraph: 1
        flow: f
        inputs: { b: { type: int, description: B }, a: {} }
        graph:
          - task: build
            mystery: 5
            description: It builds
            requires: { z: b, a: c }
            run: echo
            provides: { z: stdout, a: exit }
            revert: { requires: [b, a], timeout: 5s, run: echo }
          - flow: inner
            retry: { times: 3, exhausted: revert }
            graph: []

        """)
  }

  @Test func `spaces, indentation and line ends are one way`() {
    let text =
      "\u{FEFF}tfgraph:   1  \r\nflow :  f\r\nlinear:\r\n-   task:  a\r\n    exec: [ ./a,b ,  'c' ]\r\n"
      + "    env: {A: b,B: 'c' }\r\n\r\n\r\n\r\n-\r\n    task: b\r\n    requires:\r\n     - x\r\n     -   y\r\n"
      + "    run: echo"
    #expect(
      form(text) == """
        tfgraph: 1
        flow: f
        linear:
          - task: a
            env: { A: b, B: 'c' }
            exec: [./a, b, 'c']

          - task: b
            requires:
              - x
              - y
            run: echo

        """)
  }

  @Test(arguments: [
    ("[1, -,{ a: b }\n]", "\n  - 1\n  - \"-\"\n  - { a: b }"),
    ("|# a - b\n  c", " | # a - b\n  c"),
    ("[b, when: -,t]", " [b, { when: \"-\" }, t]"),
    ("{ a: &x -,c: d}", " { a: &x \"-\", c: d }"),
    ("{ a::  , b:: c, d: , e: 1 }", " { a:: , b:: c, d, e: 1 }"),
  ])
  func `signs that mean something elsewhere stay texts`(value: String, expected: String) {
    #expect(form("tfgraph: 1\nx: \(value)\n") == "tfgraph: 1\nx:\(expected)\n")
  }

  @Test func `comments stay with what they are about`() {
    let text = """
      # About the file
      flow: f      # its name
      # The version
      tfgraph: 1
      linear:
        # About a
        - run: echo   # what it does
          # its name
          task: a
          # at the end of a
        # About b
        -   # b itself
          # and its name
          task: b
          run: echo
        # at the end of the list
      # at the end of the file

      """
    #expect(
      form(text) == """
        # About the file
        # The version
        tfgraph: 1
        flow: f      # its name
        linear:
          # About a
          # its name
          - task: a
            run: echo   # what it does
            # at the end of a
          # About b
          # b itself
          # and its name
          - task: b
            run: echo
          # at the end of the list
        # at the end of the file

        """)
  }

  @Test func `a comment behind a value keeps its column where there is room`() {
    let text =
      Self.head + """
        linear:
         - task: a     # one
           run:   echo # two
           wait_long_enough: [1,2,3]  # three

        """
    #expect(
      form(text) == Self.head + """
        linear:
          - task: a    # one
            run: echo # two
            wait_long_enough: [1, 2, 3]  # three

        """)
  }

  @Test func `texts in blocks stay as they are`() {
    let text =
      Self.head + """
        linear:
        - run: |   # a script
              one
                two\u{20}\u{20}

              three


          task: a
        - task: b
          run: >2-
              folded
        - provides: x
          task: c
          run: |+
              kept


        - task: d
          run: |
            # no comment
        """
    #expect(
      form(text) == Self.head + """
        linear:
          - task: a
            run: |  # a script
              one
                two\u{20}\u{20}

              three
          - task: b
            run: >2-
                folded
          - task: c
            run: |+
              kept


            provides: x
          - task: d
            run: |-
              # no comment

        """)
  }

  @Test func `texts over several lines keep their lines`() {
    let text =
      Self.head + """
        description: one
             two

             three  # behind
        linear:
          - task: a
            run: "echo \\
               a\\  \u{20}
               b"
            description: 'it''s
             long'

        """
    #expect(
      form(text) == Self.head + """
        description: one
          two

          three  # behind
        linear:
          - task: a
            description: 'it''s
              long'
            run: "echo \\
              a\\\u{20}
              b"

        """)
  }

  @Test func `brackets over several lines become blocks`() {
    let text =
      Self.head + """
        linear: [ # the list
          {task: a, exec: [./a,
             --b]},   # behind a
          # about b
          {
            task: b, run: echo,
            requires: [ ],
            provides: {x: stdout}
          },
          # at the end
        ] # behind the list

        """
    #expect(
      form(text) == Self.head + """
        # behind the list
        linear: # the list
          # behind a
          - task: a
            exec:
              - ./a
              - --b
          # about b
          - task: b
            requires: []
            run: echo
            provides: { x: stdout }
          # at the end

        """)
  }

  @Test func `an anchor stays in front of its aliases`() {
    let text =
      Self.head + """
        linear:
          - task: a
            run: &script echo
            description: *script
          - &b
            run: *script
            task: b
          - run: &c echo
            task: c

        """
    #expect(
      form(text) == Self.head + """
        linear:
          - task: a
            run: &script echo
            description: *script
          - &b
            task: b
            run: *script
          - task: c
            run: &c echo

        """)
  }

  @Test func `signs of a document go, and what they have beside them stays`() {
    #expect(
      form("# top\n%YAML 1.2\n--- # start\ntfgraph: 1\nflow: f\nlinear: []\n... # end\n# last\n")
        == "# top\n# start\n" + Self.head + "linear: []\n# end\n# last\n")
  }

  @Test(arguments: [
    ("{\"tfgraph\": 1, \"flow\": \"f\", \"linear\": []}", "JSON"),
    (Self.head + "flow: g\n", "refused: duplicate key 'flow'"),
    (Self.head + "linear: [\n", "refused: expected a value"),
    ("- a\n", "refused: can't format a flow file that is no mapping"),
    (Self.head + "? linear\n: []\n", "refused: can't format a key behind '?'"),
    (Self.head + "linear: !x []\n", "refused: tags are not supported"),
  ])
  func `what can't be formatted for sure is left alone`(text: String, outcome: String) {
    #expect(form(text) == outcome)
  }
}
