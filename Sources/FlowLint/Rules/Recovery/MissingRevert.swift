import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG301
  static let missingRevert = LintRule(
    "TFG301", "missing-revert", .warning,
    finds: "a task that nobody says how to undo, although something can still fail when it is done",
    because: """
      When a task fails, what has run is undone. A task without 'revert' is then left as it is, \
      silently. That may be meant: 'revert: none' says that there is nothing to undo, \
      'idempotent: true' that running it again does no harm, and 'irreversible: true' that it \
      can't be undone.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build  # <-- here
            run: ./build.sh
          - task: roll-out
            run: ./roll-out.sh
            revert: none
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - task: build-eu  # <-- here
            run: ./build.sh eu
          - task: build-us
            run: ./build.sh us
            revert: { run: ./remove.sh us }
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: roll-out
            retry: { times: 3 }
            linear:
              - task: canary  # <-- here
                run: ./roll-out.sh canary
              - task: smoke-test
                run: ./smoke-test.sh
                idempotent: true
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: copy  # <-- here
            matrix: { region: [eu, us] }
            run: ./copy.sh "$region"
          - task: done
            set: { is_done: true }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            revert: { run: ./remove.sh }
          - task: look
            run: ./look.sh
            revert: none
          - task: roll-out
            run: ./roll-out.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
          - task: rest
            wait: 5s
          - task: name
            set: { color: green }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
          - flow: tell
            retry: never
            linear:
              - task: announce
                run: ./announce.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: check
            run: ./check.sh
            idempotent: true
          - task: build
            run: ./build.sh
        """),
    ],
    check: .plan { subject, reporter in
      var failures = LaterFailures(of: subject.plan, subject.reach)
      for declared in subject.declaredTasks where declared.task.isLeftBehind {
        guard let witness = failures.witness(against: declared.node) else { continue }
        let fails = subject.failure(of: witness, besides: declared.task)
        reporter.report(
          "task \(declared.name) has no 'revert', and \(fails.phrase) after it is done",
          at: declared.task.span, related: fails.related,
          help: "say how it is undone; "
            + subject.written("'revert: none'", inSwift: "'nothingToRevert()'")
            + " says that there is nothing to undo")
      }
    })
}
