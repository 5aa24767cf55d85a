import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG401
  static let noTimeout = LintRule(
    "TFG401", "no-timeout", .info,
    finds: "a task that runs a process and has no timeout",
    because: """
      A process that hangs holds up the run for as long as it hangs, and nothing is undone. A timeout, of \
      the task or of all tasks in 'defaults', turns that into a failure.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build  # <-- here
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            timeout: 10m
            run: ./build.sh
          - task: push  # <-- here
            exec: [./push.sh]
        """),
      .reported(
        """
        tfgraph: 1
        flow: load
        unordered:
          - task: load  # <-- here
            matrix: { region: [eu, us] }
            run: ./load.sh "$region"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        defaults: { timeout: 15m }
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 15m
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: pause
        timeout: 1h
        linear:
          - task: rest
            wait: 5s
          - flow: inner
            linear:
              - task: build
                run: ./build.sh
        """),
    ],
    check: .plan { subject, reporter in
      let plan = subject.plan
      // A flow's limit holds for all that is in it; outer flows come first.
      var isLimited = [Bool](repeating: false, count: plan.flows.count)
      for (index, flow) in plan.flows.enumerated() {
        isLimited[index] = flow.timeout != nil || flow.parent.map { isLimited[Int($0)] } ?? false
      }
      for declared in subject.declaredTasks {
        guard case .command = declared.task.action, declared.task.traits.timeout == nil,
          !isLimited[Int(plan.nodes[Int(declared.node)].flow)]
        else { continue }
        reporter.report(
          "task \(declared.name) may take forever", at: declared.task.span,
          help: "give it a 'timeout', or the file 'defaults: { timeout: … }'")
      }
    })
}
