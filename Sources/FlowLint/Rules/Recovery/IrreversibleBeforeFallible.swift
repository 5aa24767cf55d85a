import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG302
  static let irreversibleBeforeFallible = LintRule(
    "TFG302", "irreversible-before-fallible", .error,
    finds:
      "a task that can't be undone, although something that would have it undone can still fail when it is done",
    because: """
      An irreversible task is the point of no return. If something fails when it is done, all \
      else is undone and it is not: the letter is sent about a deploy that never was. Nothing \
      that can fail may come after it or run beside it, unless what fails there leaves it alone, \
      as a flow with 'retry: never' does. A pause, a value that is set, and a process whose \
      exit code is a value don't count.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: announce  # <-- here
            run: ./announce.sh
            irreversible: true
          - task: roll-out
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - task: announce  # <-- here
            run: ./announce.sh
            irreversible: true
          - task: clean-up
            exec: [./clean-up.sh]
            idempotent: true
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: roll-out
            retry: { times: 2 }
            linear:
              - task: announce  # <-- here
                run: ./announce.sh
                irreversible: true
              - task: smoke-test
                run: ./smoke-test.sh
                revert: none
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: announce  # <-- here
            run: ./announce.sh
            irreversible: true
          - flow: tell
            retry: { times: 2, exhausted: revert-all }
            after: [announce]
            linear:
              - task: log
                run: ./log.sh
                revert: none
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: roll-out
            run: ./roll-out.sh
            revert: { run: ./restore.sh }
          - task: announce
            run: ./announce.sh
            irreversible: true
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: announce
            run: ./announce.sh
            irreversible: true
          - task: rest
            wait: 5s
          - task: color
            set: { color: green }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: announce
            run: ./announce.sh
            irreversible: true
          - flow: tell
            retry: never
            linear:
              - task: log
                run: ./log.sh
                revert: none
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: announce
            run: ./announce.sh
            irreversible: true
            after: [build, check]
          - task: build
            run: ./build.sh
            revert: { run: ./remove.sh }
          - task: check
            run: ./check.sh
            revert: none
        """),
    ],
    check: .plan { subject, reporter in
      var failures = LaterFailures(of: subject.plan, subject.reach)
      for declared in subject.declaredTasks
      where declared.task.hasEffect && declared.task.isIrreversible {
        guard let witness = failures.witness(against: declared.node) else { continue }
        let fails = subject.failure(of: witness, besides: declared.task)
        reporter.report(
          "task \(declared.name) can't be undone, and \(fails.phrase) after it is done",
          at: declared.task.span, related: fails.related,
          help: "put it after all that can fail, or what can fail into a flow that leaves it alone")
      }
    })
}
