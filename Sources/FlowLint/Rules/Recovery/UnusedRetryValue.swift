import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG308
  static let unusedRetryValue = LintRule(
    "TFG308", "unused-retry-value", .warning,
    finds: "a value that a retry provides, and that nobody reads",
    because: """
      A retry that goes through values, or counts its attempts, gives the current one to the \
      tasks of its flow. If none reads it each attempt is like the one before, and most often \
      one of them was meant to.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: fetch
            retry: { for_each: [mirror-a, mirror-b], provides: mirror }  # <-- here
            linear:
              - task: get
                idempotent: true
                run: ./get.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        retry:
          times: 3
          provides: attempt  # <-- here
        linear:
          - task: build
            idempotent: true
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            matrix: { region: [eu, us] }
            retry: { times: 2, provides: attempt }  # <-- here
            idempotent: true
            run: ./build.sh "$region"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: fetch
            retry: { for_each: [mirror-a, mirror-b], provides: mirror }
            linear:
              - task: get
                requires: [mirror]
                idempotent: true
                run: ./get.sh "$mirror"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: fetch
            retry: { for_each: [mirror-a, mirror-b], provides: mirror }
            linear:
              - task: get
                idempotent: true
                run: ./get.sh
          - task: report
            requires: [mirror]
            run: ./report.sh "$mirror"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        retry: { times: 3, provides: attempt }
        linear:
          - task: build
            run: ./build.sh
            revert:
              requires: [attempt]
              run: ./remove.sh "$attempt"
        """),
    ],
    check: .plan { subject, reporter in
      let plan = subject.plan
      var read: Set<SourceSpan> = []
      for index in plan.nodes.indices {
        guard let item = plan.controller(at: NodeIndex(index))?.provision.items.first else {
          continue
        }
        if subject.uses.isRead(Provider(node: NodeIndex(index), element: 0)) {
          read.insert(item.span)
        }
      }
      let described = subject.describedNames
      // What an input hides is reported as that.
      let inputs = Set(plan.inputs.map(\.symbol))
      for (node, controller) in subject.declaredControllers {
        guard let item = controller.provision.items.first, !read.contains(item.span),
          !described.contains(item.symbol), !inputs.contains(item.symbol)
        else { continue }
        reporter.report(
          "nobody reads \(QuotedName.of(item.symbol)), which the retry of "
            + "\(subject.subject(ofRetry: node)) provides",
          at: item.span, help: "require it in a task of the flow, or drop 'provides'")
      }
    })
}
