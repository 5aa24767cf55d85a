import FlowDiagnostics
import TaskFlow

extension LintedPlan {
  /// The name of a task as its author knows it, in quotes: of `load[eu]` the file says `load`.
  func declaredName(of node: NodeIndex) -> String {
    Self.declaredName(of: plan.name(of: node))
  }

  /// The same of a task's name.
  static func declaredName(of name: String) -> String {
    let bracket = name.utf8.firstIndex(of: UInt8(ascii: "["))
    let declared = name[..<(bracket ?? name.endIndex)]
    return QuotedName.of(declared.isEmpty ? name[...] : declared)
  }

  /// What a retry controller tries again: the flow, or the one task that a document makes a flow of.
  func subject(ofRetry controller: NodeIndex) -> String {
    let flow = plan.flows[Int(plan.nodes[Int(controller)].flow)]
    if let task = flow.children.first, flow.children.count == 1, plan.nodes[Int(task)].isTask,
      flow.name == "\(plan.name(of: task)).flow"
    {
      return "task \(declaredName(of: task))"
    }
    return "flow \(QuotedName.of(flow.name))"
  }

  /// The retry controllers, in declaration order, each declaration once.
  var declaredControllers: [(node: NodeIndex, controller: RetryController)] {
    var seen: Set<SourceSpan> = []
    return plan.nodes.indices.compactMap { index in
      guard let controller = plan.controller(at: NodeIndex(index)),
        seen.insert(controller.span).inserted
      else { return nil }
      return (NodeIndex(index), controller)
    }
  }

  /// Names in a phrase: `'a', 'b' and 3 more`.
  static func list(_ names: [String], most: Int = 5) -> String {
    let shown = names.prefix(most).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }
}
