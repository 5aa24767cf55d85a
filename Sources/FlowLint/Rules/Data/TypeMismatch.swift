import FlowDiagnostics

extension LintRule {
  /// TFG109
  static let typeMismatch = LintRule(
    "TFG109", "type-mismatch", .error,
    finds: "a value that is provided as one type and read as another",
    because: """
      An input, a task and a retry can say of which type a value is, and some readers need one. When the \
      two disagree the reader would fail when it runs, after others have done what then has to be undone.
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
    ],
    check: .built)
}
