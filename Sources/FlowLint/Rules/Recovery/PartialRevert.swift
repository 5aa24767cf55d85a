import FlowDiagnostics
import FlowGraph
import TaskFlow

extension LintRule {
  /// TFG306
  static let partialRevert = LintRule(
    "TFG306", "partial-revert", .warning,
    finds:
      "a retry that gives up by undoing its flow alone, although tasks outside are done and could be undone",
    because: """
      A retry controller that gives up undoes its own flow. With no other controller around it, \
      or none that has an attempt left, nobody undoes the rest: the run ends, and what was \
      done outside stays done. 'exhausted: revert-all' undoes everything, as the failure of a \
      task without a retry does.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            revert: { run: ./remove.sh }
          - flow: roll-out
            retry: { times: 2 }  # <-- here
            linear:
              - task: canary
                run: ./canary.sh
                revert: { run: ./restore.sh }
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        unordered:
          - task: build
            run: ./build.sh
            revert: { run: ./remove.sh }
          - task: fetch
            retry: { times: 2 }  # <-- here
            run: ./fetch.sh
            revert: none
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: prepare
            linear:
              - task: build
                run: ./build.sh
                revert: { run: ./remove.sh }
          - flow: roll-out
            retry: never
            linear:
              - flow: canary
                retry: { times: 2 }  # <-- here
                linear:
                  - task: set
                    run: ./set.sh
                    revert: none
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        retry: { times: 2 }
        linear:
          - task: build
            run: ./build.sh
            revert: { run: ./remove.sh }
          - task: roll-out
            retry: { times: 2 }  # <-- here
            run: ./roll-out.sh
            revert: { run: ./restore.sh }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            revert: { run: ./remove.sh }
          - flow: roll-out
            retry: { times: 2, exhausted: revert-all }
            linear:
              - task: canary
                run: ./canary.sh
                revert: { run: ./restore.sh }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: look
            run: ./look.sh
            revert: none
          - flow: roll-out
            retry: { times: 2 }
            linear:
              - task: canary
                run: ./canary.sh
                revert: { run: ./restore.sh }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: fetch
            retry: { times: 2 }
            linear:
              - task: get
                run: ./get.sh
                revert: { run: ./remove.sh }
          - task: load
            run: ./load.sh
            revert: { run: ./unload.sh }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        retry: never-all
        linear:
          - task: build
            run: ./build.sh
            revert: { run: ./remove.sh }
          - flow: roll-out
            retry: { times: 2 }
            linear:
              - task: canary
                run: ./canary.sh
                revert: { run: ./restore.sh }
        """),
    ],
    check: .plan { subject, reporter in
      var outside = TasksOutside(of: subject.plan)
      let partial = partialControllers(in: subject.plan)
      for (node, controller) in subject.declaredControllers where partial.contains(node) {
        guard let task = outside.undoable(besides: node) else { continue }
        let name = subject.declaredName(of: task)
        let subjectName = subject.subject(ofRetry: node)
        reporter.report(
          "when \(subjectName) gives up, it alone is undone, and \(name) stays done",
          at: controller.span,
          related: [
            Finding.Related(span: subject.plan.span(of: task), message: "\(name) stays done")
          ],
          help: controller.mayRetry
            ? "write \(subject.written("'exhausted: revert-all'", inSwift: "'revertsAll: true'")) "
              + "to have everything undone"
            : "write \(subject.written("'retry: never-all'", inSwift: "'.alwaysRevertAll'")) "
              + "to have everything undone")
      }
    })
}

/// The controllers that the failure of a task can bring to undo their flow alone.
private func partialControllers(in plan: Plan) -> Set<NodeIndex> {
  let partial = PartialReverts(of: plan)
  var found: Set<NodeIndex> = []
  for index in plan.nodes.indices {
    guard let task = plan.task(at: NodeIndex(index)), task.mayFail,
      let controller = plan.nodes[index].controller, partial.contains(controller)
    else { continue }
    found.insert(controller)
  }
  return found
}

/// Finds tasks outside of a flow that can be undone, and that may be done when the flow is.
private struct TasksOutside {
  private let plan: Plan
  private var position: [Int32]
  /// The tasks that can be undone, in a topological order.
  private var undoable: [NodeIndex] = []
  /// So many flows are looked at by walking over all that comes after them.
  private var walksLeft = 32

  init(of plan: Plan) {
    self.plan = plan
    position = Array(repeating: 0, count: plan.nodes.count)
    for (index, node) in (plan.graph.topologicalOrder() ?? []).enumerated() {
      position[Int(node)] = Int32(index)
      if plan.task(at: node)?.hasRevert == true { undoable.append(node) }
    }
  }

  /// A task outside of a controller's flow that does not come after it.
  mutating func undoable(besides controller: NodeIndex) -> NodeIndex? {
    guard let first = undoable.first else { return nil }
    // Nothing that comes earlier in the order comes after the controller, or is in its flow.
    if position[Int(first)] < position[Int(controller)] { return first }
    guard walksLeft > 0 else { return nil }
    walksLeft -= 1
    let after = plan.graph.descendants(of: Int(controller))
    return undoable.first { !after.contains(Int($0)) }
  }
}
