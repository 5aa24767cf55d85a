import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG104
  static let unusedInput = LintRule(
    "TFG104", "unused-input", .warning,
    finds: "an input that no task, retry, condition or description reads",
    because: """
      Whoever runs the flow gives a value and believes that it has an effect. An input is not in a task's \
      environment unless the task requires it.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          version: { type: string }
          replicas: { type: int, default: 3 }  # <-- here
        linear:
          - task: roll-out
            requires: [version]
            run: ./roll-out.sh "$version"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { version: { type: string } }  # <-- here
        linear:
          - task: roll-out
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        inputs:
          region: { default: eu }  # <-- here
        linear:
          - task: load
            matrix: { region: [eu, us] }
            run: ./load.sh "$region"
          - task: report
            inject: { region: all }
            run: ./report.sh "$region"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          version: { type: string }
          mirrors: { type: list }
          is_forced: { type: bool, default: false }
          previous: { type: string, default: none }
        linear:
          - flow: images
            retry: { for_each: mirrors, provides: mirror }
            linear:
              - task: pull
                requires: [mirror]
                run: ./pull.sh "$mirror"
          - task: roll-out
            when: is_forced
            optional: { new: version }
            run: ./roll-out.sh "$new"
            revert: { requires: [previous], run: './restore.sh "$previous"' }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        description: Deploys to ${{ region }}
        inputs: { region: { default: eu }, pause: { default: 5s } }
        linear:
          - task: rest
            wait: ${{ pause }}
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        target: build
        inputs: { version: { type: string } }
        graph:
          - task: build
            run: ./build.sh
          - task: roll-out
            after: [build]
            requires: [version]
            run: ./roll-out.sh "$version"
        """),
    ],
    check: .plan { subject, reporter in
      let candidates = subject.plan.inputs.filter { !subject.uses.inputs.contains($0.symbol) }
      guard !candidates.isEmpty else { return }
      let names = subject.namesInFlow
      for input in candidates where !names.contains(input.symbol) {
        let name = QuotedName.of(input.symbol)
        reporter.report(
          "nothing reads input \(name)", at: input.span,
          help: "require it in the task that needs it, or drop it")
      }
    })
}

extension LintedPlan {
  /// The names that descriptions, texts for a shell, and tasks that a target leaves out mention.
  ///
  /// - Complexity: linear in the size of the flow and its texts.
  fileprivate var namesInFlow: Set<String> {
    var names: Set<String> = []
    var open = [flow]
    while let flow = open.popLast() {
      names.formUnion(Self.names(inDescription: flow.summary))
      names.formUnion(flow.retry?.requirements.map(\.symbol) ?? [])
      for item in flow.items {
        switch item {
        case .flow(let nested): open.append(nested)
        case .task(let task): names.formUnion(Self.names(in: task))
        }
      }
    }
    return names
  }

  private static func names(in task: FlowTask) -> Set<String> {
    let traits = task.traits
    let given = Set(traits.injections.map(\.symbol))
    let requirements =
      task.requirements + task.revertRequirements + (traits.condition?.requirements ?? [])
    var names = Set(requirements.map(\.symbol)).subtracting(given)
    names.formUnion(self.names(inDescription: traits.summary))
    for action in [task.action, traits.revert?.action] {
      // A text that uses it without requiring it is reported as that.
      guard case .command(let command) = action, let text = command.shellText else { continue }
      names.formUnion(Set(ShellText(text).foreignUses.map(\.name)).subtracting(given))
    }
    return names
  }

  /// The names that descriptions mention.
  ///
  /// - Complexity: linear in the size of the plan.
  var describedNames: Set<String> {
    var names: Set<String> = []
    for flow in plan.flows { names.formUnion(Self.names(inDescription: flow.summary)) }
    for declared in declaredTasks {
      names.formUnion(Self.names(inDescription: declared.task.traits.summary))
    }
    return names
  }

  private static func names(inDescription text: String?) -> [String] {
    guard let text, text.contains("${{"), case .success(let template) = FlowTemplate.parse(text)
    else { return [] }
    return template.symbols.map(\.name)
  }
}
