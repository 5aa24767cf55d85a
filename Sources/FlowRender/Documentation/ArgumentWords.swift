import TaskFlow

/// What an atom's method is given, and from where.
struct ArgumentWords {
  let plan: Plan
  let names: PageNames

  /// One line for each argument.
  func lines(of node: NodeIndex, for method: Plan.Method) -> [[PageText]] {
    zip(plan.requirements(of: node, for: method), plan.bindings(of: node, for: method)).map {
      line(for: $0, boundTo: $1, at: node)
    }
  }

  private func line(
    for requirement: Requirement, boundTo binding: Binding, at node: NodeIndex
  ) -> [PageText] {
    var text: [PageText] = [.code(requirement.symbol)]
    if let type = requirement.type { text.append(.muted(" \(type.name)")) }
    if requirement.parameter != requirement.symbol {
      text += [.text(" as "), .code(requirement.parameter)]
    }
    if requirement.isOptional { text.append(.muted(" (optional)")) }
    switch binding {
    case .injected(let position):
      text.append(.text(", its own value"))
      if let task = plan.task(at: node), task.traits.injections.indices.contains(Int(position)) {
        text += [
          .text(" "), .code(ValueWords.text(of: task.traits.injections[Int(position)].value)),
        ]
      }
    case .input:
      text += [.text(", an "), .link("input", .anchor("inputs"))]
    case .atoms:
      text.append(.text(" from "))
      text += providers(of: binding)
    case .absent:
      text +=
        requirement.isOptional
        ? [.text(", which nothing gives: the task goes without it")]
        : [.text(" "), .tag("missing: nothing gives it", .error)]
    }
    return text
  }

  /// The provider that is read, and those that are read if it was skipped or gave nothing.
  private func providers(of binding: Binding) -> [PageText] {
    guard let nearest = plan.bindings.candidates(of: binding).first(where: { !$0.isEmpty }),
      let first = nearest.first
    else { return [.muted("nobody")] }
    let others = nearest.dropFirst().map(\.node)
    guard !others.isEmpty else { return names.atom(first.node) }
    return names.atom(first.node) + [.muted(" (the nearest; if it gives nothing, ")]
      + names.tasks(Array(others)) + [.muted(")")]
  }
}
