import FlowDiagnostics

extension LintRule {
  /// TFG202
  static let unorderedDependency = LintRule(
    "TFG202", "unordered-dependency", .error,
    finds: "an order between children of an unordered flow",
    because: """
      The children of an unordered flow start in no order, and never see each other's values. \
      Where one needs another the flow is a graph, or a linear one.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - task: build
            run: ./build.sh
          - task: push
            after: [build]  # <-- here
            run: ./push.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - flow: build
            linear:
              - task: compile
                run: ./compile.sh
          - flow: push
            after: [build]  # <-- here
            linear:
              - task: upload
                run: ./upload.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: regions
            unordered:
              - task: load
                matrix: { region: [eu, us] }
                run: ./load.sh "$region"
              - task: count
                after: [load]  # <-- here
                run: ./count.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
          - task: push
            after: [build]
            run: ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - task: build-eu
            run: ./build.sh eu
          - task: build-us
            run: ./build.sh us
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - flow: eu
            linear:
              - task: build
                run: ./build.sh
                provides: digest
              - task: push
                after: [build]
                requires: [digest]
                run: ./push.sh "$digest"
        """),
    ],
    check: .built)
}
