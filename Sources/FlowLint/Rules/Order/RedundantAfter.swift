import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG204
  static let redundantAfter = LintRule(
    "TFG204", "redundant-after", .info,
    finds: "an 'after' whose order is there without it",
    because: """
      Each 'after' reads as if something needed it. One that follows from a value that is read, \
      from the order of a linear flow, or from other 'after's says nothing, and stays behind \
      when the others change.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
            provides: digest
          - task: push
            after: [build]  # <-- here
            requires: [digest]
            run: ./push.sh "$digest"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
          - task: check
            run: ./check.sh
          - task: push
            after:
              - build  # <-- here
            run: ./push.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
          - task: check
            after: [build]
            run: ./check.sh
          - task: push
            after:
              - check
              - build  # <-- here
            run: ./push.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: load
            matrix: { region: [eu, us] }
            run: ./load.sh "$region"
          - task: check
            after: [load]
            run: ./check.sh
          - task: push
            after: [check, load]  # <-- here
            run: ./push.sh
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
        graph:
          - task: build
            run: ./build.sh
          - task: check
            run: ./check.sh
          - task: push
            after: [build, check]
            run: ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool } }
        graph:
          - task: build
            when: is_good
            skip: neighbors
            run: ./build.sh
          - task: check
            after: [build]
            run: ./check.sh
          - task: push
            after: [check, build]
            run: ./push.sh
        """),
    ],
    check: .plan { subject, reporter in
      let redundant = RedundantLinks(in: subject).found
      guard !redundant.isEmpty else { return }
      let removal = subject.document.map { document in
        AfterRemoval(of: Set(redundant.map(\.span)), in: document)
      }
      for link in redundant {
        reporter.report(
          link.message, at: link.span, help: "drop it", fix: removal?.fixes[link.span])
      }
    })
}
