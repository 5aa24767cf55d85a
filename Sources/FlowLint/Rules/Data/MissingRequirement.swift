import FlowDiagnostics

extension LintRule {
  /// TFG101
  static let missingRequirement = LintRule(
    "TFG101", "missing-requirement", .error,
    finds: "a value that is required, and that nothing gives",
    because: """
      A task runs with the values that it requires. One that no input, no injected value and no atom \
      before it gives would stop the run when it is too late. A provider may exist and not be visible: \
      in a later task of a linear flow, or in a sibling of an unordered one.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            provides: digest
          - task: roll-out
            requires: [digset]  # <-- here
            run: ./roll-out.sh "$digset"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: roll-out
            requires: [digest]  # <-- here
            run: ./roll-out.sh "$digest"
          - task: build
            run: ./build.sh
            provides: digest
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - task: build
            run: ./build.sh
          - task: roll-out
            run: ./roll-out.sh
            revert:
              requires: [previous]  # <-- here
              run: ./restore.sh "$previous"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          digest: { type: string }
        linear:
          - task: roll-out
            requires: [digest]
            run: ./roll-out.sh "$digest"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: roll-out
            requires: [digest]
            run: ./roll-out.sh "$digest"
          - task: build
            run: ./build.sh
            provides: digest
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: roll-out
            optional: [digest]
            run: ./roll-out.sh "${digest:-latest}"
        """),
    ],
    check: .built)
}
