import FlowDiagnostics

extension LintRule {
  /// TFG201
  static let dependencyCycle = LintRule(
    "TFG201", "dependency-cycle", .error,
    finds: "children of a flow that wait for each other",
    because: """
      Each child of a graph starts when those are done whose values it requires, and those that \
      'after' names. In a cycle nobody ever starts. One shortest cycle is told of each knot, hop \
      by hop, with the hop that costs least to cut.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            requires: [plan]
            run: ./build.sh
            provides: digest
          - task: plan
            requires: [digest]  # <-- here
            run: ./plan.sh
            provides: plan
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
            provides: digest
            after: [roll-out]
          - task: roll-out
            requires: [digest]  # <-- here
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            after: [push]
            run: ./build.sh
          - task: push  # <-- here
            run: ./push.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            after: [build]  # <-- here
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: roll-out
            requires: [digest]
            run: ./roll-out.sh
          - task: build
            run: ./build.sh
            provides: digest
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: roll-out
            after: [build]
            run: ./roll-out.sh
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
          - task: push
            after: [build]
            run: ./push.sh
        """),
    ],
    check: .built)
}
