import FlowDiagnostics
import FlowGraph
import TaskFlow

/// An atom in front of which something decides whether it is run.
struct SkipDecision {
  /// The atom.
  let node: NodeIndex
  /// How far a no reaches.
  let depth: SkipDepth
  /// Where it is written.
  let span: SourceSpan
  /// The inputs that it reads; `nil` when it reads something else, or nobody knows what.
  let inputs: Set<String>?

  /// All decisions of a plan: conditions of tasks, and those on links (semantics 9.1).
  ///
  /// - Complexity: linear in the size of the plan.
  static func all(in plan: Plan) -> [SkipDecision] {
    var decisions: [SkipDecision] = []
    for index in plan.nodes.indices {
      guard let condition = plan.task(at: NodeIndex(index))?.condition else { continue }
      decisions.append(
        SkipDecision(
          node: NodeIndex(index), depth: condition.depth, span: condition.span,
          inputs: inputs(of: condition, of: NodeIndex(index), in: plan)))
    }
    for edge in plan.edges {
      guard let decider = edge.decider else { continue }
      let depth = plan.linkDeciders[Int(decider)].depth
      for atom in firstAtoms(behind: edge.target, in: plan) {
        decisions.append(
          SkipDecision(
            node: atom, depth: depth, span: plan.span(of: edge.target), inputs: nil))
      }
    }
    return decisions
  }

  private static func inputs(
    of condition: Condition, of node: NodeIndex, in plan: Plan
  ) -> Set<String>? {
    guard plan.bindings(of: node, for: .condition).allSatisfy({ $0 == .input }) else { return nil }
    return Set(condition.requirements.map(\.symbol))
  }

  /// Whether nothing that the flow says keeps one from saying yes while the other says no: both read inputs
  /// alone, and none of them both.
  func isIndependent(of other: SkipDecision) -> Bool {
    guard node != other.node, let inputs, let others = other.inputs else { return false }
    return inputs.isDisjoint(with: others)
  }

  /// The atoms that a link decides about: its end, or those that a flow begins with.
  private static func firstAtoms(behind node: NodeIndex, in plan: Plan) -> [NodeIndex] {
    var found: [NodeIndex] = []
    var pending = [node]
    while let node = pending.popLast() {
      switch plan.nodes[Int(node)].kind {
      case .flowStart: pending += plan.graph.successors(of: Int(node)).reversed()
      case .task, .retry: found.append(node)
      case .flowEnd: break
      }
    }
    return found
  }
}
