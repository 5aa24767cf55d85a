import FlowGraph
package import TaskFlow

/// What the failure of a task leads to, by the rules alone (semantics 6): who is asked, what is undone
/// and tried again, and what happens when no attempt is left.
///
/// It assumes that no task is skipped and that undoing succeeds.
package struct FailureCourse {
  /// What a decision undoes.
  package struct Undoing {
    /// The tasks that have run by then for sure and can be undone, in the order of being undone; those
    /// that are independent of each other are undone at the same time.
    package var undone: [NodeIndex] = []
    /// The tasks that may have run by then, and are undone as well if they have.
    package var undoneIfRun: [NodeIndex] = []
    /// The tasks that have run for sure and that nothing undoes, but for those that say that there is
    /// nothing to undo.
    package var notUndoable: [NodeIndex] = []
    /// The tasks that have run before, and stay done.
    package var kept: [NodeIndex] = []
    /// The tasks that are not affected, and go on.
    package var goingOn: [NodeIndex] = []
  }

  /// What happens in the end.
  package enum End {
    /// The flow of this controller is undone, and nothing else.
    case flow(of: NodeIndex, Undoing)
    /// All is undone, by the decision of a controller or since there is none.
    case everything(decidedBy: NodeIndex?, Undoing)
  }

  /// The task that fails.
  package let task: NodeIndex

  /// The controllers that can have their flow tried again, in the order of being asked, with what they
  /// undo for that.
  package private(set) var retries: [(controller: NodeIndex, undoing: Undoing)] = []

  /// What happens when none of them has an attempt left.
  package let end: End

  /// - Complexity: linear in the size of the plan, for each controller around the task.
  package init(of task: NodeIndex, in plan: Plan) {
    self.task = task
    let before = plan.predecessors.descendants(of: Int(task))
    let after = plan.graph.descendants(of: Int(task))
    let scope = Scope(plan: plan, task: task, before: before, after: after)
    var asked: [NodeIndex] = []
    var next = plan.nodes[Int(task)].controller
    while let controller = next {
      asked.append(controller)
      next = plan.nodes[Int(controller)].controller
    }
    var undoer: NodeIndex?
    for node in asked {
      guard let controller = plan.controller(at: node) else { continue }
      if controller.mayRetry { retries.append((node, scope.undoing(within: node))) }
      if controller.undoesEverything {
        // Nobody further out is asked then.
        undoer = node
        break
      }
    }
    if let innermost = asked.first, undoer == nil {
      end = .flow(of: innermost, scope.undoing(within: innermost))
    } else {
      end = .everything(decidedBy: undoer, scope.undoing(within: nil))
    }
  }
}

/// What is before, after and beside the task that fails.
private struct Scope {
  let plan: Plan
  let task: NodeIndex
  let before: NodeSet
  let after: NodeSet

  /// What is undone when a controller's cone is, or everything without one.
  func undoing(within controller: NodeIndex?) -> FailureCourse.Undoing {
    let cone = controller.map { plan.graph.descendants(of: Int($0)) }
    var result = FailureCourse.Undoing()
    for index in plan.nodes.indices where plan.nodes[index].isTask {
      let node = NodeIndex(index)
      let hasRun = node == task || before.contains(index)
      // What comes after it has not started, so there is nothing to undo.
      if !hasRun && after.contains(index) { continue }
      guard cone?.contains(index) ?? true else {
        if hasRun { result.kept.append(node) } else { result.goingOn.append(node) }
        continue
      }
      guard let traits = plan.task(at: node)?.traits, !traits.isRevertDeclaredNeedless else {
        continue
      }
      switch (hasRun, traits.revert != nil) {
      case (true, true): result.undone.append(node)
      case (true, false): result.notUndoable.append(node)
      case (false, true): result.undoneIfRun.append(node)
      case (false, false): break
      }
    }
    let level = plan.tiers?.level ?? []
    result.undone.sort { one, other in
      let (first, second) = (level[Int(one)], level[Int(other)])
      return first != second ? first > second : one > other
    }
    return result
  }
}
