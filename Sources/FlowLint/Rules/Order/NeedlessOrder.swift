import FlowDiagnostics
import FlowGraph
import TaskFlow

extension LintRule {
  /// TFG203
  static let needlessOrder = LintRule(
    "TFG203", "needless-order", .info,
    finds:
      "a linear flow of tasks that only get values, of which some need not wait for each other",
    because: """
      Tasks of a linear flow wait for each other whether they have to or not. Where all of them \
      only give values, and some read nothing from each other, a graph gives the same values \
      sooner. Nothing is said about a flow in which a task does something that may have to come \
      in order.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: look  # <-- here
            linear:
              - { task: get-version, exec: [./version.sh], provides: version, revert: none }
              - { task: get-replicas, exec: [./replicas.sh], provides: replicas, revert: none }
          - task: report
            requires: [version, replicas]
            run: ./report.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: look  # <-- here
            linear:
              - { task: locate, exec: [./locate.sh], provides: places, idempotent: true }
              - { task: first, requires: [places], exec: [./get.sh], provides: one, idempotent: true }
              - { task: second, requires: [places], exec: [./get.sh], provides: two, idempotent: true }
          - task: join
            requires: [one, two]
            run: ./join.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { name: { type: string } }
        linear:
          - flow: look  # <-- here
            linear:
              - { task: size, requires: [name], exec: [./size.sh], provides: size, revert: none }
              - { task: age, requires: [name], exec: [./age.sh], provides: age, revert: none }
              - { task: label, set: { text: '${{ json(size) }} ${{ json(age) }}' } }
          - task: report
            requires: [text]
            run: ./report.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: stop
            run: ./stop.sh
            revert: { run: ./start.sh }
          - task: replace
            run: ./replace.sh
            revert: { run: ./restore.sh }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: look
            linear:
              - { task: locate, exec: [./locate.sh], provides: place, revert: none }
              - { task: get, requires: [place], exec: [./get.sh], provides: data, revert: none }
          - task: report
            requires: [data]
            run: ./report.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: look
            linear:
              - { task: get-version, exec: [./version.sh], provides: version, revert: none }
              - { task: rest, wait: 5s }
              - { task: get-replicas, exec: [./replicas.sh], provides: replicas, revert: none }
          - task: report
            requires: [version, replicas]
            run: ./report.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: look
            graph:
              - { task: get-version, exec: [./version.sh], provides: version, revert: none }
              - { task: get-replicas, exec: [./replicas.sh], provides: replicas, revert: none }
          - task: report
            requires: [version, replicas]
            run: ./report.sh
        """),
    ],
    check: .plan { subject, reporter in
      for flow in subject.plan.flows where flow.pattern == .linear {
        guard let order = NeededOrder(of: flow, in: subject), let tiers = order.tiers else {
          continue
        }
        reporter.report(
          "no value needs all of the order of linear flow \(QuotedName.of(flow.name))",
          at: subject.plan.span(of: flow.start),
          notes: (0..<tiers.count).prefix(5).map { tier in
            let names = tiers.members[tier].map { subject.declaredName(of: flow.children[Int($0)]) }
            return "tier \(tier + 1) could be \(LintedPlan.list(names))"
          },
          help:
            "write \(subject.written("'graph:'", inSwift: "'Flow.graph'")) to have its \(flow.children.count) tasks done in "
            + (tiers.count == 1 ? "1 tier" : "\(tiers.count) tiers"))
      }
    })
}

/// The order of a linear flow's tasks that its values need.
private struct NeededOrder {
  /// The tiers that the tasks could have, by their ordinals; `nil` if they are as many as now.
  let tiers: Tiers?

  /// More candidates for one argument are not looked at.
  private static let mostCandidates = 8

  /// - Returns: `nil` when there is something to it besides values.
  init?(of flow: PlanFlow, in subject: LintedPlan) {
    let plan = subject.plan
    var provided: Set<String> = []
    for child in flow.children {
      guard let task = plan.task(at: child), task.isValueOnly else { return nil }
      for (element, item) in task.provision.items.enumerated() {
        let provider = Provider(node: child, element: Int32(element))
        guard provided.insert(item.symbol).inserted, subject.uses.isRead(provider) else {
          return nil
        }
      }
    }
    guard flow.children.count > 1, let reads = Self.reads(of: flow, in: plan) else { return nil }
    let tiers = Digraph(nodeCount: flow.children.count, edges: reads).tiers()
    let isShorter = tiers.map { $0.count < flow.children.count } ?? false
    // What takes no time can as well be done one after the other.
    let isWorthIt = flow.children.count { plan.task(at: $0)?.hasEffect == true } > 1
    self.tiers = isShorter && isWorthIt ? tiers : nil
  }

  /// Which task reads from which, by their ordinals; `nil` if that would take too long to say.
  private static func reads(of flow: PlanFlow, in plan: Plan) -> [Digraph.Edge]? {
    var edges: [Digraph.Edge] = []
    guard let first = flow.children.first else { return nil }
    for (ordinal, child) in flow.children.enumerated() {
      for method in Plan.Method.allCases {
        for binding in plan.bindings(of: child, for: method) {
          guard case .atoms(let scopes) = binding else { continue }
          for scope in scopes {
            for slice in plan.bindings.scopes[Int(scope)] {
              let range = plan.bindings.slices[Int(slice)]
              guard range.count <= mostCandidates else { return nil }
              for index in range {
                let node = plan.bindings.providers[Int(index)].node
                // The tasks lie one behind the other, with nothing else between them.
                guard node >= first, node < child else { continue }
                edges.append(Digraph.Edge(source: Int(node - first), target: ordinal))
              }
            }
          }
        }
      }
    }
    return edges
  }
}

extension FlowTask {
  /// Whether a task is there for the values that it provides, and for nothing else.
  fileprivate var isValueOnly: Bool {
    let traits = traits
    guard !provision.items.isEmpty, traits.condition == nil, !hasRevert, !traits.isIrreversible
    else { return false }
    switch action {
    case .assignment: return true
    case .command, .body: return traits.isRevertDeclaredNeedless || traits.isIdempotent
    case .wait: return false
    }
  }
}
