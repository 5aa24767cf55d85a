import FlowDiagnostics

extension LintRule {
  /// TFG109
  static let typeMismatch = LintRule(
    "TFG109", "type-mismatch", .error,
    finds: "a value that is provided as one type and read as another",
    because: """
      An input, a task and a retry can say of which type a value is, and some readers need one: 'for_each' \
      a list, an expression what it compares or takes apart. When the two disagree the reader would fail when it runs, after others have done what then has to be undone.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: download
        inputs: { mirrors: { type: string } }
        linear:
          - flow: acquire
            retry: { for_each: mirrors, provides: mirror }  # <-- here
            linear:
              - task: fetch
                requires: [mirror]
                run: ./fetch.sh "$mirror"
        """),
      .reported(
        """
        tfgraph: 1
        flow: download
        linear:
          - task: list-mirrors
            run: ./list-mirrors.sh
            provides: { mirrors: stdout }
          - task: fetch
            retry: { for_each: mirrors, provides: mirror }  # <-- here
            requires: [mirror]
            run: ./fetch.sh "$mirror"
        """),
      .reported(
        """
        tfgraph: 1
        flow: download
        linear:
          - task: count
            set: { mirrors: 3 }
          - flow: acquire
            retry:
              for_each: mirrors  # <-- here
              provides: mirror
            linear:
              - task: fetch
                requires: [mirror]
                run: ./fetch.sh "$mirror"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: probe
            exec: [./probe.sh]
            provides: { code: exit, name: stdout }
          - task: label
            set:
              label: "${{ name.first }}"  # <-- here
              size: "${{ length(code) }}"  # <-- here
          - task: install
            when: code == "0"  # <-- here
            run: ./install.sh
          - task: rest
            wait: ${{ code }}  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: download
        inputs: { mirrors: { type: list } }
        linear:
          - flow: acquire
            retry: { for_each: mirrors, provides: mirror }
            linear:
              - task: fetch
                requires: [mirror]
                run: ./fetch.sh "$mirror"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: download
        linear:
          - task: list-mirrors
            run: ./list-mirrors.sh
            provides: { mirrors: stdout.lines }
          - task: fetch
            retry: { for_each: mirrors, provides: mirror }
            requires: [mirror]
            run: ./fetch.sh "$mirror"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: download
        inputs: { mirrors: { description: a list } }
        linear:
          - task: fetch
            retry: { for_each: mirrors, provides: mirror }
            requires: [mirror]
            run: ./fetch.sh "$mirror"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: probe
            exec: [./probe.sh]
            provides: { code: exit, name: stdout, state: stdout.json }
          - task: label
            set:
              label: "${{ name }} (${{ code }})"
              size: "${{ length(state.parts) }}"
              known: "${{ default(name, null) != null && name < 'm' }}"
          - task: install
            when: code == 0 || code >= 2.5 || state == 3 || state.name == name
            run: ./install.sh
        """),
    ],
    check: .built)
}
