import FlowDiagnostics

extension LintRule {
  /// TFG102
  static let conflictingProvides = LintRule(
    "TFG102", "conflicting-provides", .error,
    finds: "a value that two atoms without an order between them provide for the same reader",
    because: """
      Which of the two values a task reads must not be left to chance. In a graph that orders its children \
      by what they require, nothing can be built from two providers, which is an error. A reader that comes \
      after both for another reason gets the one that is declared last: such a flow can be run, and is a \
      warning.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
            provides: image
          - task: pull
            run: ./pull.sh
            provides: image
          - task: roll-out
            requires: [image]  # <-- here
            run: ./roll-out.sh "$image"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: images
            unordered:
              - task: build
                run: ./build.sh
                provides: image
              - task: pull
                run: ./pull.sh
                provides: image
          - task: roll-out
            requires: [image]  # <-- here
            run: ./roll-out.sh "$image"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
            provides: image
          - flow: mirror
            linear:
              - task: pull
                run: ./pull.sh
                provides: image
          - task: roll-out
            after: [build, mirror]
            optional: [image]  # <-- here
            run: ./roll-out.sh "${image:-latest}"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            provides: image
          - task: sign
            requires: [image]
            run: ./sign.sh "$image"
            provides: image
          - task: roll-out
            requires: [image]
            run: ./roll-out.sh "$image"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: images
            unordered:
              - task: build
                when: 1 < 2
                skip: atom
                run: ./build.sh
                provides: image
              - task: pull
                when: 2 < 1
                skip: atom
                run: ./pull.sh
                provides: image
          - task: roll-out
            requires: [image]
            run: ./roll-out.sh "$image"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
            provides: built_image
          - task: pull
            run: ./pull.sh
            provides: pulled_image
          - task: roll-out
            requires: [built_image]
            run: ./roll-out.sh "$built_image"
        """),
    ],
    check: .built)
}
