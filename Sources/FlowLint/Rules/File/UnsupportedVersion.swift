import FlowDiagnostics

extension LintRule {
  /// TFG006
  static let unsupportedVersion = LintRule(
    "TFG006", "unsupported-version", .error,
    finds: "a version of the format other than 1",
    because: """
      The number says by which rules a file is read. A file of another version may mean something else by \
      the same words, so it is not read as if it were of this one.
      """,
    examples: [
      .reported(
        """
        tfgraph: 2  # <-- here
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: '1'  # <-- here
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: v1.0  # <-- here
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
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        # the format's version, and not the flow's
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            version: 2.0
            run: ./build.sh
        """),
      .allowed(
        """
        { "tfgraph": 1, "flow": "deploy", "linear": [{ "task": "build", "run": "./build.sh" }] }
        """),
    ],
    check: .built)
}
