import FlowDiagnostics

extension LintRule {
  /// TFG008
  static let notSupported = LintRule(
    "TFG008", "not-supported", .error,
    finds: "a key of the format that this version does not do anything for",
    because: """
      The format has keys for more than this version does. Such a key is refused: a flow that asks for \
      approval must not be run without.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        finally: []  # <-- here
        linear:
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: ask
            approve: release-managers  # <-- here
          - task: roll-out
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            retry: { times: 3, on: [timeout] }  # <-- here
        finally:  # <-- here
          - task: clean
            run: ./clean.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            retry: { times: 3 }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            when: 1 < 2
            skip: atom
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: clean
            inject: { finally: true, approve: none }
            run: ./clean.sh "$finally" "$approve"
        """),
    ],
    check: .built)
}
