import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG305
  static let revertNeedsMissing = LintRule(
    "TFG305", "revert-needs-missing", .error,
    finds: "a revert that reads a value whose provider can be skipped, or has failed",
    because: """
      A revert that lacks a value fails, and leaves the run half undone. What it requires \
      besides the values of its task comes from tasks before it, and a condition whose 'skip' is \
      narrower than 'all' can skip one of them while the task is run. A provider that comes \
      later, or is not ordered, is found by 'missing-requirement'. A task that fails is undone \
      too, and has provided nothing then: a shell that takes a variable without a value for a \
      mistake, as the usual one does, ends at it. That is a warning.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { keep: { type: bool } }
        linear:
          - task: snapshot
            when: keep
            skip: atom
            exec: [./snapshot.sh]
            provides: previous
          - task: roll-out
            run: ./roll-out.sh
            revert:
              requires: [previous]  # <-- here
              run: ./restore.sh "$previous"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { keep: { type: bool } }
        graph:
          - task: snapshot
            when: keep
            skip: neighbors
            exec: [./snapshot.sh]
            provides: previous
          - task: build
            after: [snapshot]
            run: ./build.sh
          - flow: roll-out
            after: [build]
            linear:
              - task: canary
                run: ./roll-out.sh
                revert:
                  requires: { before: previous }  # <-- here
                  run: ./restore.sh "$before"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { keep: { type: bool } }
        linear:
          - task: snapshot
            when: keep
            skip: flow
            exec: [./snapshot.sh]
            provides: previous
          - flow: roll-out
            unordered:
              - task: canary
                run: ./roll-out.sh canary
                revert:
                  requires: [previous]  # <-- here
                  run: ./restore.sh "$previous"
              - task: production
                run: ./roll-out.sh production
                revert: { run: ./restore.sh }
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: upload
            run: ./upload.sh
            provides: address
            revert:
              run: ./remove.sh "$address"  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: upload
            run: ./upload.sh
            provides: address
            revert:
              run: if [ -n "${address:-}" ]; then ./remove.sh "$address"; fi
          - task: size
            run: ./size.sh
            provides: size
            shell: [sh, -c]
            revert: { shell: [sh, -c], run: ./remove.sh "$size" }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { keep: { type: bool } }
        linear:
          - task: snapshot
            when: keep
            exec: [./snapshot.sh]
            provides: previous
          - task: roll-out
            run: ./roll-out.sh
            revert:
              requires: [previous]
              run: ./restore.sh "$previous"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { keep: { type: bool } }
        linear:
          - task: snapshot
            when: keep
            skip: atom
            exec: [./snapshot.sh]
            provides: previous
          - task: roll-out
            run: ./roll-out.sh
            revert:
              optional: [previous]
              run: ./restore.sh "${previous:-nothing}"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { keep: { type: bool } }
        linear:
          - task: snapshot
            when: keep
            skip: atom
            exec: [./snapshot.sh]
            provides: previous
          - task: roll-out
            when: keep
            run: ./roll-out.sh
            revert:
              requires: [previous]
              run: ./restore.sh "$previous"
        """),
    ],
    check: .plan { subject, reporter in
      for command in subject.commands where command.isRevert {
        for use in OwnValues(in: command).uses {
          reporter.report(
            "\(command.owner) reads '$\(use.name)', which it has not provided when it fails",
            at: use.span, severity: .warning,
            help: "write '${\(use.name):-}', and undo what there is without it")
        }
      }
      var seen: Set<SourceSpan> = []
      for loss in subject.losses where loss.method == .revert {
        // What execute requires as well is found there.
        let executing = subject.plan.requirements(of: loss.reader, for: .execute)
        guard
          !executing.contains(where: { $0.symbol == loss.requirement.symbol && !$0.isOptional }),
          seen.insert(loss.requirement.span).inserted
        else { continue }
        let provider = subject.declaredName(of: loss.provider)
        reporter.report(
          "the revert of task \(subject.declaredName(of: loss.reader)) requires "
            + "\(QuotedName.of(loss.requirement.symbol)), and \(provider) may have been skipped",
          at: loss.requirement.span,
          related: [
            Finding.Related(
              span: loss.decision.span, message: "this decides whether \(provider) is run")
          ],
          help: "make it optional, or let all be skipped that \(provider) leads to")
      }
    })
}
