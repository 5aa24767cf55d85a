/// The controllers that can be asked about a failure: that of a task of their own flow, or that of a
/// controller inside it which gives up and leaves the rest to them (semantics 6.3).
///
/// One that has everything undone when it gives up asks nobody, so what is around it is tried again only for
/// the sake of something else.
package struct AskedControllers: Sendable {
  private var asked: Set<NodeIndex> = []

  /// - Complexity: linear in the size of the plan.
  package init(of plan: Plan) {
    // What is inside of a controller's flow comes after it in declaration order.
    for index in plan.nodes.indices.reversed() {
      let node = NodeIndex(index)
      guard plan.nodes[index].isAtom, let outer = plan.nodes[index].controller else { continue }
      if let controller = plan.controller(at: node) {
        let mayGiveUp = asked.contains(node) && !controller.undoesEverything
        guard mayGiveUp || controller.canFail else { continue }
      }
      asked.insert(outer)
    }
  }

  /// Whether a controller can be asked.
  package func contains(_ controller: NodeIndex) -> Bool { asked.contains(controller) }
}

extension RetryController {
  /// Whether it can fail by itself: it reads what it tries, or is somebody's own.
  fileprivate var canFail: Bool {
    switch strategy {
    case .parameterizedForEach, .custom: true
    case .times, .forEach, .alwaysRevert, .alwaysRevertAll: false
    }
  }
}
