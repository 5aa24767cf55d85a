import FlowDiagnostics

extension LintRule {
  /// TFG902
  static let unknownRule = LintRule(
    "TFG902", "unknown-rule", .warning,
    finds: "a comment or modifier that allows a rule that there is not",
    because: """
      A misspelt rule allows nothing, and so does a comment that names none. 'tfgraph rules' lists the \
      rules with their numbers and names; 'TFG3' stands for all whose numbers begin so.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          # tfgraph: allow[no-time-out] builds take as long as they take  # <-- here
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build # tfgraph: allow builds take as long as they take  # <-- here
            run: ./build.sh
        """),
      .reported(
        """
        # tfgraph: alow-file[no-timeout] builds take as long as they take  # <-- here
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          # tfgraph: allow[no-timeout] builds take as long as they take
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        # tfgraph: allow-file[TFG40] builds take as long as they take
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        # tfgraph: 1 is the only version there is
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 10m
            run: ./build.sh
        """),
    ],
    check: .suppressions)
}
