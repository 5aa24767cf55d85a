import FlowDiagnostics

extension LintRule {
  /// TFG206
  static let duplicateName = LintRule(
    "TFG206", "duplicate-name", .error,
    finds: "a name that two of the tasks, flows and retries have",
    because: """
      Runs are stored, told and taken up again by the names of their tasks, and 'after' and \
      'target' name them. So each task and each flow has a name of its own, wherever it is.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
          - task: build  # <-- here
            run: ./build.sh again
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: deploy  # <-- here
            run: ./deploy.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: eu
            linear:
              - task: build
                run: ./build.sh eu
          - flow: us
            linear:
              - task: build  # <-- here
                run: ./build.sh us
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build-eu
            run: ./build.sh eu
          - task: build-us
            run: ./build.sh us
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            matrix: { region: [eu, us] }
            run: ./build.sh "$region"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            retry: { times: 2 }
            run: ./build.sh
            provides: build
        """),
    ],
    check: .built)
}
