/// The controllers whose end has their own flow undone and leaves what is done outside of it done: they say
/// REVERT when no attempt is left, and so do all around them (semantics 6.3).
///
/// Of a controller with rules of its own nothing is known, so it is not among them, and nothing inside it is.
package struct PartialReverts: Sendable {
  private var controllers: Set<NodeIndex> = []

  /// - Complexity: linear in the size of the plan.
  package init(of plan: Plan) {
    // A controller comes before those inside its flow.
    for index in plan.nodes.indices {
      guard let controller = plan.controller(at: NodeIndex(index)), controller.mayEnd,
        !controller.isCustom, !controller.undoesEverything
      else { continue }
      if let outer = plan.nodes[index].controller, !controllers.contains(outer) { continue }
      controllers.insert(NodeIndex(index))
    }
  }

  /// Whether a controller is one of them.
  package func contains(_ controller: NodeIndex) -> Bool { controllers.contains(controller) }
}
