import FlowDiagnostics

extension LintRule {
  /// TFG106
  static let selfRequirement = LintRule(
    "TFG106", "self-requirement", .error,
    finds: "a task that requires what nobody but itself provides",
    because: """
      A task has its arguments before it starts, and gives its values when it has ended. One that reads and \
      gives the same symbol changes a value, and somebody before it has to give the first one.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: sign
            requires: [image]  # <-- here
            run: ./sign.sh "$image"
            provides: image
        """),
      .reported(
        """
        tfgraph: 1
        flow: count
        linear:
          - task: add-one
            requires: { old: total }  # <-- here
            run: echo $((old + 1))
            provides: total
        """),
      .reported(
        """
        tfgraph: 1
        flow: count
        graph:
          - task: greet
            set: { name: 'dear ${{ name }}' }  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { image: { type: string } }
        linear:
          - task: sign
            requires: [image]
            run: ./sign.sh "$image"
            provides: signed_image
        """),
      .allowed(
        """
        tfgraph: 1
        flow: count
        linear:
          - task: begin
            set: { total: 0 }
          - task: add-one
            requires: { old: total }
            run: echo $((old + 1))
            provides: total
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            provides: image
            revert: { run: './remove.sh "${image:-}"' }
        """),
    ],
    check: .built)
}
