import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG303
  static let retryWithoutEffect = LintRule(
    "TFG303", "retry-without-effect", .warning,
    finds: "a retry that never tries anything again, or only what can't be undone",
    because: """
      A retry of one attempt, or with one value, gives up at the first failure. Where that is \
      meant, 'never' says so, and 'never-all' that everything is undone. A retry of nothing but \
      tasks that can't be undone repeats what it can't take back.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            retry: { times: 1 }  # <-- here
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        retry: { retries: 0, exhausted: revert-all }  # <-- here
        linear:
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: fetch
            retry: { for_each: [mirror-a], provides: mirror }  # <-- here
            linear:
              - task: get
                requires: [mirror]
                run: ./get.sh "$mirror"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: tell
            retry: { times: 3 }  # <-- here
            linear:
              - task: announce
                irreversible: true
                run: ./announce.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            retry: { times: 2 }
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        retry: never
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          mirrors: { type: list, default: [mirror-a] }
        linear:
          - flow: fetch
            retry: { for_each: mirrors, provides: mirror }
            linear:
              - task: get
                requires: [mirror]
                run: ./get.sh "$mirror"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: tell
            retry: { times: 3 }
            linear:
              - task: announce
                irreversible: true
                idempotent: true
                run: ./announce.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: tell
            retry: { times: 3 }
            linear:
              - task: look
                idempotent: true
                run: ./look.sh
              - task: announce
                irreversible: true
                run: ./announce.sh
        """),
    ],
    check: .plan { subject, reporter in
      let final = FinalTasks(of: subject.plan)
      for (node, controller) in subject.declaredControllers {
        let name = subject.subject(ofRetry: node)
        let message: String? =
          switch controller.strategy {
          case .forEach(let values) where values.isEmpty:
            "the retry of \(name) has no values to try"
          case .forEach(let values) where values.count == 1:
            "the retry of \(name) has one value to try, so nothing is tried again"
          case .times(attempts: ...1):
            "the retry of \(name) has one attempt, so nothing is tried again"
          case .times, .forEach, .parameterizedForEach:
            final.areAll(in: node)
              ? "the retry of \(name) tries nothing again but what can't be undone" : nil
          case .alwaysRevert, .alwaysRevertAll, .custom: nil
          }
        guard let message else { continue }
        reporter.report(message, at: controller.span, help: help(for: controller))
      }
    })
}

/// What to do about a retry without effect.
private func help(for controller: RetryController) -> String {
  if controller.mayRetry {
    return "drop the retry, or say 'idempotent: true' of a task that does no harm when repeated"
  }
  let word = controller.undoesEverything ? "never-all" : "never"
  return "give it more to try, or write 'retry: \(word)'"
}

/// How many tasks each flow has, and how many that can't be undone and do harm when they are repeated.
struct FinalTasks {
  private let plan: Plan
  private var all: [Int32] = [0]
  private var final: [Int32] = [0]

  init(of plan: Plan) {
    self.plan = plan
    for node in plan.nodes.indices {
      let task = plan.task(at: NodeIndex(node))
      all.append(all[node] + (task == nil ? 0 : 1))
      final.append(final[node] + (task?.isFinal == true ? 1 : 0))
    }
  }

  /// Whether the flow of a controller has tasks, and none that can be undone or repeated.
  func areAll(in controller: NodeIndex) -> Bool {
    let nodes = plan.flows[Int(plan.nodes[Int(controller)].flow)].nodes
    let (start, end) = (Int(nodes.lowerBound), Int(nodes.upperBound) + 1)
    return all[end] > all[start] && all[end] - all[start] == final[end] - final[start]
  }
}
