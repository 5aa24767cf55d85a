import FlowDiagnostics

extension LintRule {
  /// TFG110
  static let unknownName = LintRule(
    "TFG110", "unknown-name", .error,
    finds: "an 'after' or 'target' that names no child of its flow",
    because: """
      An order is between children of one flow, and a target is one of them. A name that none of them has \
      is misspelt, or belongs to another flow; where that is so the finding says where it is.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
          - task: roll-out
            after: [biuld]  # <-- here
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        target: rollout  # <-- here
        graph:
          - task: build
            run: ./build.sh
          - task: roll-out
            after: [build]
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - flow: images
            linear:
              - task: build
                run: ./build.sh
          - task: roll-out
            after: [build]  # <-- here
            run: ./roll-out.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
          - task: roll-out
            after: [build]
            run: ./roll-out.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - flow: images
            linear:
              - task: build
                run: ./build.sh
          - task: roll-out
            after: [images]
            run: ./roll-out.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        graph:
          - task: load
            matrix: { region: [eu, us] }
            run: ./load.sh "$region"
          - task: check-eu
            after: ['load[eu]']
            run: ./check.sh
          - task: check
            after: [load]
            run: ./check.sh
        """),
    ],
    check: .built)
}
