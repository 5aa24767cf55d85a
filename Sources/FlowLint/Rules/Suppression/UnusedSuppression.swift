import FlowDiagnostics

extension LintRule {
  /// TFG901
  static let unusedSuppression = LintRule(
    "TFG901", "unused-suppression", .warning,
    finds: "a comment or modifier that allows what is not found",
    because: """
      What is allowed and not there is left over: the flow was mended, or the comment stands at the wrong \
      place. Left alone, it hides the next finding of the same rule. Errors that keep a flow from being \
      run can't be allowed, so a comment that names one allows nothing. Of rules that did not get to look \
      at the flow, and of those that find different things on different machines, nothing is said.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          # tfgraph: allow[no-timeout] it is quick  # <-- here
          - task: build
            timeout: 10m
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        # tfgraph: allow-file[TFG207, TFG401] builds take as long as they take  # <-- here
        linear:
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
          - task: roll-out
            requires: [digest] # tfgraph: allow[missing-requirement] it is there  # <-- here
            run: ./roll-out.sh "$digest"
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
        tfgraph: 1
        flow: deploy
        # tfgraph: allow-file[TFG4] nobody waits for it
        linear:
          - task: build
            run: ./build.sh
          - task: push
            run: ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 10m
            run: |
              echo '# tfgraph: allow[TFG401] this is text'
              ./build.sh
        """),
    ],
    check: .suppressions)
}
