import FlowDiagnostics

extension LintRule {
  /// TFG903
  static let suppressionWithoutReason = LintRule(
    "TFG903", "suppression-without-reason", .warning,
    finds: "a comment or modifier that does not say why something is allowed",
    because: """
      Who reads the flow later can't tell an exception that somebody has thought about from one that \
      was in the way, and dares to remove neither. 'require-reason: true' in '.tfgraph.yaml' has what is \
      allowed without a reason be found all the same; with 'require-reason: false' no reason is asked for.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          # tfgraph: allow[no-timeout]  # <-- here
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        # tfgraph: allow-file[TFG4]  # <-- here
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build # tfgraph: allow[TFG401] -  # <-- here
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
        # tfgraph: allow-file[TFG4]: builds take as long as they take
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
          # Nothing is allowed here, so there is no reason to give.
          - task: build
            timeout: 10m
            run: ./build.sh
        """),
    ],
    check: .suppressions)
}
