import FlowDiagnostics
import FlowGraph
import TaskFlow

extension LintRule {
  /// TFG205
  static let deadBranch = LintRule(
    "TFG205", "dead-branch", .warning,
    finds: "a condition that is always true or never, and what it cuts off",
    because: """
      A condition that depends on no value always has the same answer. One that is never true \
      skips its task in every run, and by the default depth all that the task leads to, joins \
      that other tasks lead to as well included. One that is always true says nothing.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        graph:
          - task: build
            when: 'false'  # <-- here
            run: ./build.sh
          - task: check
            run: ./check.sh
          - task: roll-out
            after: [build, check]
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { region: { type: string } }
        linear:
          - task: build
            when: region == "eu" && 1 > 2
            run: ./build.sh
          - task: push
            when: 1 > 2 && region == "eu"  # <-- here
            skip: atom
            run: ./push.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            when: length("eu") == 2  # <-- here
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: copy
            matrix: { region: [eu, us] }
            when: region == "ap"  # <-- here
            run: ./copy.sh "$region"
          - task: announce
            inject: { loud: false }
            when: loud  # <-- here
            run: ./announce.sh "$loud"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: copy
            matrix: { region: [eu, us] }
            when: region == "eu"
            run: ./copy.sh "$region"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { region: { type: string } }
        linear:
          - task: build
            when: region == "eu"
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { region: { type: string } }
        linear:
          - task: build
            when: default(region, "eu") == "eu"
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            matrix: { region: [eu, us] }
            when: region == "eu"
            run: ./build.sh
        """),
    ],
    check: .plan { subject, reporter in
      // What a program decides by code can change from run to run.
      guard subject.document != nil else { return }
      var reach = SkipReach(of: subject.plan)
      for declared in subject.declaredTasks {
        guard let condition = declared.task.condition,
          let answer = subject.constantAnswer(of: condition, declared)
        else { continue }
        if answer {
          reporter.report(
            "the condition of task \(declared.name) is always true", at: condition.span,
            help: "drop 'when'")
          continue
        }
        let branch = reach.atoms(skippedAt: declared.node, condition.depth).map {
          DeadBranch(from: declared.node, $0, in: subject)
        }
        reporter.report(
          "task \(declared.name) is never run: its condition is never true", at: condition.span,
          related: branch?.joins ?? [], notes: branch?.notes ?? [],
          help: "drop the task, or the condition")
      }
    })
}

extension LintedPlan {
  /// The answer that a condition always gives, whatever the values are; `nil` if it depends on them.
  ///
  /// What the task itself injects is known; of a task with a matrix all that become of it must have one answer.
  fileprivate func constantAnswer(of condition: Condition, _ declared: DeclaredTask) -> Bool? {
    guard let expression = try? FlowExpression.parse(condition.summary).get() else { return nil }
    var common: Bool?
    var node = Int(declared.node)
    while node < plan.nodes.count {
      defer { node += 1 }
      guard let task = plan.task(at: NodeIndex(node)) else { continue }
      if task.span != declared.task.span { break }
      let values = injectedValues(ofConditionAt: NodeIndex(node))
      // A symbol in 'default()' is given up without a value, and would not be with one.
      guard expression.symbols.allSatisfy({ !$0.isOptional || values[$0.name] != nil }),
        case .bool(let answer)? = try? expression.evaluate({ values[$0] }),
        common ?? answer == answer
      else { return nil }
      common = answer
    }
    return common
  }

  private func injectedValues(ofConditionAt node: NodeIndex) -> [String: FlowValue] {
    var values: [String: FlowValue] = [:]
    let requirements = plan.requirements(of: node, for: .condition)
    for (requirement, binding) in zip(requirements, plan.bindings(of: node, for: .condition)) {
      guard case .injected(let index) = binding else { continue }
      values[requirement.parameter] =
        try? plan.task(at: node)?.traits.injections[Int(index)].value.flowValue()
    }
    return values
  }
}

/// What is never run because one task is not.
private struct DeadBranch {
  /// The tasks that something else leads to as well.
  let joins: [Finding.Related]
  let notes: [String]

  private static let mostJoins = 5

  /// - Parameter skipped: the atoms that are skipped, the one with the condition first.
  init(from node: NodeIndex, _ skipped: [NodeIndex], in subject: LintedPlan) {
    let plan = subject.plan
    let tasks = skipped.dropFirst().filter { plan.nodes[Int($0)].isTask }.sorted()
    guard !tasks.isEmpty else {
      (joins, notes) = ([], [])
      return
    }
    let names = LintedPlan.list(tasks.map { subject.declaredName(of: $0) })
    notes = ["skipped with it: \(names)"]
    let dead = plan.graph.descendants(of: Int(node))
    let before = plan.predecessors.descendants(of: Int(node))
    joins = tasks.lazy.compactMap { task in
      let live = plan.predecessors.successors(of: Int(task)).first { source in
        source != node && !dead.contains(Int(source)) && !before.contains(Int(source))
      }
      return live.map { live in
        Finding.Related(
          span: plan.span(of: task),
          message: "\(subject.declaredName(of: task)) is skipped as well, although "
            + "\(subject.declaredName(of: live)) leads to it")
      }
    }.prefix(Self.mostJoins).map(\.self)
  }
}
