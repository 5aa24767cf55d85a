import FlowDiagnostics
import FlowGraph
import TaskFlow

extension LintRule {
  /// TFG501
  static let limitNeverReached = LintRule(
    "TFG501", "limit-never-reached", .info,
    finds: "a limit of concurrency that is above what could run at once",
    because: """
      A limit that can't be reached limits nothing: the order of the flow, or a limit around it, lets fewer \
      tasks run at once. Most often the flow was meant to be wider, or the limit to be smaller. Said only \
      when it is certain: how wide a flow is, is computed exactly up to some thousand tasks, and above that \
      where its shape is simple.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: import
        concurrency: { limit: 4 }  # <-- here
        unordered:
          - { task: paris, run: ./load.sh paris }
          - { task: rome, run: ./load.sh rome }
          - { task: oslo, run: ./load.sh oslo }
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        linear:
          - flow: load
            concurrency:
              limit: 2  # <-- here
            linear:
              - { task: fetch, run: ./fetch.sh }
              - { task: store, run: ./store.sh }
          - { task: report, run: ./report.sh }
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        concurrency: { limit: 2 }
        unordered:
          - flow: europe
            concurrency: { limit: 3 }  # <-- here
            unordered:
              - { task: paris, run: ./load.sh paris }
              - { task: rome, run: ./load.sh rome }
              - { task: oslo, run: ./load.sh oslo }
          - { task: lima, run: ./load.sh lima }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        concurrency: { limit: 3 }
        unordered:
          - { task: paris, run: ./load.sh paris }
          - { task: rome, run: ./load.sh rome }
          - { task: oslo, run: ./load.sh oslo }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        concurrency: { limit: 2 }
        graph:
          - { task: fetch, run: ./fetch.sh, provides: file }
          - { task: load, requires: [file], run: './load.sh "$file"' }
          - { task: count, requires: [file], run: './count.sh "$file"' }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        concurrency: { limit: 2 }
        linear:
          - flow: both
            concurrency: { limit: 1 }
            unordered:
              - { task: paris, run: ./load.sh paris }
              - { task: rome, run: ./load.sh rome }
          - flow: all
            unordered:
              - { task: oslo, run: ./load.sh oslo }
              - { task: lima, run: ./load.sh lima }
        """),
    ],
    check: .plan { subject, reporter in
      let plan = subject.plan
      var outer: [Flow.Limit?] = []
      for flow in plan.flows {
        let around = flow.parent.flatMap { outer[Int($0)] }
        let own = flow.concurrencyLimit
        outer.append([own, around].compactMap(\.self).min { $0.count < $1.count })
        guard let own, own.count > 1 else { continue }
        let name = QuotedName.of(flow.name)
        if let around, around.count < own.count {
          reporter.report(
            "of flow \(name) no more than \(around.count) can run at once, and its limit is "
              + "\(own.count)", at: own.span,
            related: [Finding.Related(span: around.span, message: "the limit around it is here")],
            help: "drop the limit, or make it smaller than the one around it")
        } else if let width = plan.certainWidth(of: flow), width < own.count {
          reporter.report(
            "of flow \(name) no more than \(width) can run at once, and its limit is \(own.count)",
            at: own.span, help: "drop the limit, or make it smaller")
        }
      }
    })
}

extension Plan {
  /// How many nodes of a flow have no order between them, at most; `nil` where that would take too long.
  ///
  /// Starts and ends of flows count as atoms do, so of flows without tasks it is too much, never too little.
  fileprivate func certainWidth(of flow: PlanFlow) -> Int? {
    let first = flow.start
    var edges: [Digraph.Edge] = []
    for node in flow.nodes {
      for next in graph.successors(of: Int(node)) where flow.nodes.contains(next) {
        edges.append(Digraph.Edge(source: node - first, target: next - first))
      }
    }
    let inner = Digraph(nodeCount: flow.nodes.count, edges: edges)
    guard case .largestAntichain(let nodes) = inner.width(antichainLimit: 2_048) else { return nil }
    return nodes.count
  }
}
