import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG209
  static let unreachableTarget = LintRule(
    "TFG209", "unreachable-target", .warning,
    finds: "children of a graph that its target leaves out",
    because: """
      A graph with a target keeps that child and what it needs. The others are never run, and \
      are easily taken for tasks that are: whoever adds one to the file sees nothing of it in a \
      run.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        target: push  # <-- here
        graph:
          - task: build
            run: ./build.sh
          - task: push
            after: [build]
            run: ./push.sh
          - task: announce
            after: [push]
            run: ./announce.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: parts
            target: eu  # <-- here
            graph:
              - task: eu
                run: ./load.sh eu
              - flow: others
                linear:
                  - task: us
                    run: ./load.sh us
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        target: count  # <-- here
        graph:
          - task: count
            run: ./count.sh
          - task: load
            matrix: { region: [eu, us] }
            run: ./load.sh "$region"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        target: push
        graph:
          - task: build
            run: ./build.sh
            provides: digest
          - task: push
            requires: [digest]
            run: ./push.sh "$digest"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            run: ./build.sh
          - task: push
            run: ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        target: report
        graph:
          - task: load
            matrix: { region: [eu, us] }
            run: ./load.sh "$region"
          - task: report
            after: [load]
            run: ./report.sh
        """),
    ],
    check: .plan { subject, reporter in
      guard subject.hasTargets else { return }
      let kept = Set(subject.plan.nodes.indices.map { subject.plan.name(of: NodeIndex($0)) })
      for flow in subject.declaredFlows {
        guard let target = flow.target, kept.contains(flow.name) else { continue }
        let left = flow.items.filter { !kept.contains($0.name) }.uniqued
        guard !left.isEmpty else { continue }
        let names = left.map { $0.declaredName }
        reporter.report(
          "target \(QuotedName.of(target.name)) leaves out \(LintedPlan.list(names))",
          at: target.span,
          related: zip(left, names).prefix(5).map { item, name in
            Finding.Related(span: item.span, message: "\(name) is never run")
          },
          help: "drop what is left out, or the target")
      }
    })
}

extension LintedPlan {
  /// Whether a flow has a target.
  fileprivate var hasTargets: Bool { declaredFlows.contains { $0.target != nil } }

  /// All flows as they are declared, outer ones first.
  fileprivate var declaredFlows: [Flow] {
    var flows = [flow]
    var index = 0
    while index < flows.count {
      for case .flow(let nested) in flows[index].items { flows.append(nested) }
      index += 1
    }
    return flows
  }
}

extension FlowItem {
  fileprivate var name: String {
    switch self {
    case .task(let task): task.name
    case .flow(let flow): flow.name
    }
  }

  fileprivate var span: SourceSpan {
    switch self {
    case .task(let task): task.span
    case .flow(let flow): flow.span
    }
  }

  /// Its name as its author knows it, in quotes: that of a retried task, without the values of a matrix.
  fileprivate var declaredName: String {
    var name = self.name
    if case .flow(let flow) = self, case .task(let task)? = flow.items.first, flow.items.count == 1,
      flow.name == "\(task.name).flow"
    {
      name = task.name
    }
    return LintedPlan.declaredName(of: name)
  }
}

extension [FlowItem] {
  /// The items without those at the place of an earlier one.
  fileprivate var uniqued: [FlowItem] {
    var seen: Set<SourceSpan> = []
    return filter { seen.insert($0.span).inserted }
  }
}
