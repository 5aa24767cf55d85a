import FlowDiagnostics

extension LintRule {
  /// TFG004
  static let duplicateKey = LintRule(
    "TFG004", "duplicate-key", .error,
    finds: "a key that its mapping has already",
    because: """
      Of two values of one key most readers of YAML take the last one and say nothing, so that half of \
      what is written is not done. Here it is an error, with both places.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./fetch.sh
            run: ./build.sh  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          version: { type: string }
          "version": { type: int }  # <-- here
        linear:
          - task: build
            requires: [version]
            run: ./build.sh "$version"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            env: { LEVEL: 1, COLOUR: blue, LEVEL: 2 }  # <-- here
            run: ./build.sh
        description: first
        description: second  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: fetch
            run: ./fetch.sh
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            env: { LEVEL: 1, level: 2 }
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 1m
            run: ./build.sh
            revert:
              timeout: 1m
              run: ./remove.sh
        """),
    ],
    check: .built)
}
