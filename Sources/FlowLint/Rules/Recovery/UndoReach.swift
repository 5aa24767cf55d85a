import TaskFlow

/// How much the failure of each task can have undone, by the rules alone (semantics 6.2 to 6.4).
///
/// Controllers with rules of their own are taken to have at least their flow undone.
struct UndoReach: Sendable {
  /// How much is undone.
  enum Extent: Hashable, Sendable {
    /// All that has run.
    case everything
    /// What has run of the flow of this controller; what comes after it has not started.
    case flow(of: NodeIndex)
  }

  private let plan: Plan
  /// What each controller leads to when it is asked; `nil` when it leaves that to the one before it.
  private var answers: [Extent?] = []
  /// The controllers that can have what they are asked about run again, each with the nearest one.
  private var retriers: [NodeIndex?] = []

  /// - Complexity: linear in the number of controllers.
  init(of plan: Plan) {
    self.plan = plan
    for node in plan.nodes.indices {
      guard let controller = plan.controller(at: NodeIndex(node)) else { continue }
      let answer = answer(of: controller, at: NodeIndex(node))
      let retrier = retrier(of: controller, at: NodeIndex(node))
      answers.append(answer)
      retriers.append(retrier)
    }
  }

  /// The most that the failure of a task can have undone.
  func extent(ofFailureOf node: NodeIndex) -> Extent {
    guard let controller = plan.nodes[Int(node)].controller else { return .everything }
    return known(answers, controller) ?? .flow(of: controller)
  }

  /// The controller that can have a task run again after a failure, the innermost if there are several.
  func retrier(of node: NodeIndex) -> NodeIndex? {
    plan.nodes[Int(node)].controller.flatMap { known(retriers, $0) }
  }

  private func answer(of controller: RetryController, at node: NodeIndex) -> Extent? {
    let ends = controller.mayEnd
    if ends, controller.undoesEverything { return .everything }
    if controller.isCustom { return .flow(of: node) }
    // The outer one is asked when there is no attempt left, and what it undoes contains this flow.
    let outer = ends ? plan.nodes[Int(node)].controller.flatMap { known(answers, $0) } : nil
    return outer ?? (controller.mayRetry ? .flow(of: node) : nil)
  }

  private func retrier(of controller: RetryController, at node: NodeIndex) -> NodeIndex? {
    if controller.isCustom { return nil }
    if controller.mayRetry { return node }
    if !controller.mayEnd || controller.undoesEverything { return nil }
    return plan.nodes[Int(node)].controller.flatMap { known(retriers, $0) }
  }

  private func known<Value>(_ values: [Value?], _ controller: NodeIndex) -> Value? {
    guard case .retry(let index) = plan.nodes[Int(controller)].kind else { return nil }
    return values[Int(index)]
  }
}
