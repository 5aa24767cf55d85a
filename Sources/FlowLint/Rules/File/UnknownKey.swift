import FlowDiagnostics

extension LintRule {
  /// TFG002
  static let unknownKey = LintRule(
    "TFG002", "unknown-key", .error,
    finds: "a key that the format does not have in that place",
    because: """
      A key that is not read does nothing, and whoever wrote it believes that it does: a misspelt \
      'timeout' never ends anything. What is allowed in that place is listed, or the key that is near.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timout: 10m  # <-- here
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            script: ./build.sh  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        colour: blue  # <-- here
        linear:
          - task: build
            run: ./build.sh
            retry:
              times: 3
              backoff: { initial: 1s, maximum: 1m }  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 10m
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            inject: { settings: { timout: 3, colour: blue } }
            run: ./build.sh "$settings"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            env: { colour: blue }
            run: ./build.sh
        """),
    ],
    check: .built)
}
