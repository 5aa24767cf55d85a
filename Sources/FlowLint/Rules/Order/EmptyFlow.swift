import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG207
  static let emptyFlow = LintRule(
    "TFG207", "empty-flow", .warning,
    finds: "a flow without tasks",
    because: """
      A flow without tasks succeeds at once and does nothing. Most often its tasks were moved away or \
      indented wrongly.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: nothing  # <-- here
        linear: []
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
          - flow: checks  # <-- here
            unordered: []
        """),
      .reported(
        """
        tfgraph: 1
        flow: outer  # <-- here
        linear:
          - flow: inner
            graph: []
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - flow: build
            linear:
              - task: compile
                run: ./compile.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: pause
        graph:
          - task: rest
            wait: 5s
        """),
    ],
    check: .plan { subject, reporter in
      let plan = subject.plan
      // What is inside of an empty flow goes with it.
      var told: NodeIndex = -1
      for flow in plan.flows
      where flow.start > told
        && !plan.nodes[Int(flow.start)...Int(flow.end)].contains(where: \.isTask)
      {
        told = flow.end
        reporter.report(
          "flow \(QuotedName.of(flow.name)) has no tasks", at: plan.span(of: flow.start),
          help: "add a task, or remove the flow")
      }
    })
}
