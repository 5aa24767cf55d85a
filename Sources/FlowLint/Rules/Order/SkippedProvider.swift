import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG208
  static let skippedProvider = LintRule(
    "TFG208", "skipped-provider", .warning,
    finds:
      "a condition that skips a task and not those that require its values, or a retry and not its tasks",
    because: """
      By default a task that is skipped takes all with it that it leads to. A narrower 'skip' \
      leaves some of that to run. One that requires a value of a skipped task then fails. A \
      retry that is skipped while its tasks run is not asked about their failures.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool } }
        linear:
          - task: publish
            when: is_good  # <-- here
            skip: atom
            run: ./publish.sh
            provides: address
          - task: report
            requires: [address]
            run: ./report.sh "$address"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool } }
        linear:
          - task: publish
            when: is_good  # <-- here
            skip: neighbors
            run: ./publish.sh
            provides: address
          - task: rest
            wait: 5s
          - task: report
            requires: [address]
            run: ./report.sh "$address"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { has_list: { type: bool } }
        linear:
          - task: list-mirrors
            when: has_list  # <-- here
            skip: flow
            exec: [./mirrors.sh]
            provides: { mirrors: stdout.lines }
          - flow: fetch
            retry: { for_each: mirrors, provides: mirror }
            linear:
              - task: get
                requires: [mirror]
                run: ./get.sh "$mirror"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool }, region: { type: string } }
        linear:
          - task: publish
            when: is_good  # <-- here
            skip: atom
            run: ./publish.sh
            provides: address
          - task: report
            when: region == "eu"
            requires: [address]
            run: ./report.sh "$address"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool } }
        linear:
          - task: publish
            when: is_good
            run: ./publish.sh
            provides: address
          - task: report
            requires: [address]
            run: ./report.sh "$address"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool } }
        linear:
          - task: publish
            when: is_good
            skip: atom
            run: ./publish.sh
            provides: address
          - task: report
            optional: [address]
            run: ./report.sh "${address:-nowhere}"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool }, loud: { type: bool } }
        linear:
          - task: publish
            when: is_good
            skip: atom
            run: ./publish.sh
            provides: address
          - task: report
            when: is_good && loud
            skip: atom
            requires: [address]
            run: ./report.sh "$address"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_good: { type: bool } }
        linear:
          - task: publish
            when: is_good
            skip: neighbors
            run: ./publish.sh
            provides: address
          - task: report
            requires: [address]
            run: ./report.sh "$address"
        """),
    ],
    check: .plan { subject, reporter in
      let losses = subject.losses.filter { $0.method != .revert }
      let byPlace = Dictionary(grouping: losses) { $0.decision.span }
      for (span, losses) in byPlace.sorted(by: { $0.key < $1.key }) {
        let readers = losses.map { subject.reader($0.reader) }.uniqued
        reporter.report(
          "\(subject.declaredName(of: losses[0].provider)) can be skipped, and its "
            + "\(QuotedName.of(losses[0].requirement.symbol)) is required by "
            + LintedPlan.list(readers),
          at: span,
          related: losses.prefix(5).map { loss in
            Finding.Related(
              span: loss.requirement.span,
              message: "\(subject.reader(loss.reader)) requires "
                + "\(QuotedName.of(loss.requirement.symbol)) here")
          },
          help: "let all be skipped that it leads to, or make the value optional")
      }
      for (decision, controller) in subject.skippedControllers {
        reporter.report(
          "the retry of \(subject.subject(ofRetry: controller)) can be skipped while its tasks run",
          at: decision.span, help: "let all be skipped that it leads to")
      }
    })
}

extension LintedPlan {
  /// What reads a value, in quotes: a task, or that which a retry controller tries again.
  fileprivate func reader(_ node: NodeIndex) -> String {
    plan.nodes[Int(node)].isTask ? declaredName(of: node) : "the retry of \(subject(ofRetry: node))"
  }

  /// The controllers that a decision can skip without all of their flow.
  fileprivate var skippedControllers: [(decision: SkipDecision, controller: NodeIndex)] {
    SkipDecision.all(in: plan).compactMap { decision in
      guard decision.depth < .all, plan.controller(at: decision.node) != nil else { return nil }
      return (decision, decision.node)
    }
  }
}

extension [String] {
  /// The texts without those that an earlier one equals.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
