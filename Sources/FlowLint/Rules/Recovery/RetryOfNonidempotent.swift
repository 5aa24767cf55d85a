import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG307
  static let retryOfNonidempotent = LintRule(
    "TFG307", "retry-of-nonidempotent", .warning,
    finds:
      "a task that a retry runs again without undoing it, and that does not say that this does no harm",
    because: """
      Before a retry tries its flow again, what has run is undone. A task without 'revert' is \
      not, and runs a second time on top of what it did, or half did. 'idempotent: true' says \
      that this does no harm, and 'revert: none' that there is nothing to undo. A task of \
      which 'missing-revert' is told is told once; where that is allowed, this is still open.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: push  # <-- here
            retry: { times: 3 }
            run: ./push.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: roll-out
            retry: { times: 2 }
            linear:
              - task: build
                run: ./build.sh
                revert: { run: ./remove.sh }
              - task: push  # <-- here
                exec: [./push.sh]
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        retry: { for_each: [a, b], provides: mirror }
        linear:
          - flow: once
            retry: never
            linear:
              - task: push  # <-- here
                requires: [mirror]
                run: ./push.sh "$mirror"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: tell
            retry: { times: 3 }
            linear:
              - task: look
                run: ./look.sh
                idempotent: true
              - task: announce  # <-- here
                run: ./announce.sh
                irreversible: true
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: push
            retry: { times: 3 }
            idempotent: true
            run: ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: roll-out
            retry: { times: 2 }
            linear:
              - task: look
                run: ./look.sh
                revert: none
              - task: push
                run: ./push.sh
                revert: { run: ./remove.sh }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: push
            retry: never
            run: ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: fetch
            retry: { times: 3 }
            linear:
              - task: rest
                wait: 5s
              - task: get
                run: ./get.sh
                idempotent: true
          - task: push
            run: ./push.sh
        """),
    ],
    check: .plan { subject, reporter in
      let final = FinalTasks(of: subject.plan)
      for declared in subject.declaredTasks where declared.task.mayFail {
        let isFinal = declared.task.hasEffect && declared.task.isFinal
        guard isFinal || declared.task.isLeftBehind,
          let retrier = subject.reach.retrier(of: declared.node),
          // A retry of nothing but those is reported as that.
          !isFinal || !final.areAll(in: retrier)
        else { continue }
        let retried = subject.subject(ofRetry: retrier)
        reporter.report(
          "task \(declared.name) \(isFinal ? "can't be undone" : "has no 'revert'"), and is run again "
            + "when it fails",
          at: declared.task.span,
          related: [
            Finding.Related(
              span: subject.plan.span(of: retrier), message: "\(retried) is tried again here")
          ],
          help: (isFinal ? "let it be tried once, or " : "say how it is undone, or ")
            + subject.written(
              "'idempotent: true'", inSwift: "'changing { $0.isIdempotent = true }'")
            + " if it does no harm when repeated")
      }
    })
}
