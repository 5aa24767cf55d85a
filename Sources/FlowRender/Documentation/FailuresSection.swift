import TaskFlow

/// What the failure of each task leads to.
struct FailuresSection {
  private(set) var blocks: [PageBlock] = []

  private let plan: Plan
  private let names: PageNames

  /// Finding out takes a walk over the plan for each task, so larger plans go without.
  static let limit = 1_000

  init(_ plan: Plan, _ names: PageNames) {
    self.plan = plan
    self.names = names
    guard !plan.tasks.isEmpty else { return }
    blocks.append(.heading(level: 2, [.text("When a task fails")], anchor: "failures"))
    guard plan.tasks.count <= Self.limit else {
      blocks.append(
        .paragraph(
          [.text("The flow has more than \(Self.limit) tasks, too many to list this.")], .quiet))
      return
    }
    blocks.append(
      .paragraph([
        .text(
          "Undoing goes against the order: what depends on a task is undone before it, and the "
            + "task that failed is asked to clean up after itself first. Nothing more starts where a "
            + "failure has been decided on.")
      ]))
    for node in plan.atoms where plan.nodes[Int(node)].isTask {
      let course = FailureCourse(of: node, in: plan)
      let steps = steps(of: course)
      blocks.append(
        .card([
          .heading(level: 3, [.text("If "), names.task(node), .text(" fails")], anchor: nil),
          steps.count > 1 ? .list(steps, isOrdered: true) : .paragraph(steps[0]),
        ]))
    }
  }

  private func steps(of course: FailureCourse) -> [[PageText]] {
    var steps: [[PageText]] = []
    for (node, undoing) in course.retries {
      guard let controller = plan.controller(at: node) else { continue }
      var text: [PageText] = [.text(steps.isEmpty ? "The retry of " : "Then the retry of ")]
      text += names.flow(of: node) + [.text(" is asked. ")] + chance(controller)
      let isOfTask = plan.isMadeForItsTask(plan.flows[Int(plan.nodes[Int(node)].flow)])
      let only = isOfTask ? [course.task] : []
      text += names.flow(of: node) + [.text(" is undone")] + order(of: undoing, butFor: only)
      steps.append(text + [.text(" and tried again.")] + remarks(on: undoing))
    }
    let isFirst = steps.isEmpty
    var last: [PageText] = isFirst ? [] : [.text("With no attempt left, ")]
    switch course.end {
    case .flow(let controller, let undoing):
      last += [.text(isFirst ? "Only " : "only ")] + names.flow(of: controller)
      // After one retry it is what was said for that.
      let isKnown = course.retries.map(\.controller) == [controller]
      last += [.text(" is undone")] + (isKnown ? [] : order(of: undoing))
      last += [.text(".")] + (isKnown ? [] : remarks(on: undoing))
      if !undoing.kept.isEmpty {
        last += [.text(" Stays done: ")] + names.tasks(undoing.kept) + [.text(".")]
      }
    case .everything(let decider, let undoing):
      if let decider {
        last +=
          [.text(isFirst ? "The retry of " : "the retry of ")] + names.flow(of: decider) + [
            .text(" has everything undone")
          ]
      } else if undoing.undone.isEmpty, undoing.undoneIfRun.isEmpty {
        last.append(.text(isFirst ? "Nothing is undone" : "nothing is undone"))
      } else {
        last.append(
          .text(isFirst ? "Everything that has run is undone" : "everything that has run is undone")
        )
      }
      last += order(of: undoing) + [.text(".")] + remarks(on: undoing)
    }
    return steps + [last]
  }

  /// When it has another attempt made.
  private func chance(_ controller: RetryController) -> [PageText] {
    let condition: [PageText] =
      switch controller.strategy {
      case .times(.max): [.text("Each time")]
      case .times(let attempts): [.text("As long as fewer than \(attempts) attempts were made")]
      case .forEach(let values):
        [.text("As long as one of its \(PlanWords.count(values.count, "value")) is left")]
      case .parameterizedForEach:
        [
          .text("As long as a value of "),
          .code(controller.requirements.first?.symbol ?? "its list"), .text(" is left"),
        ]
      case .custom: [.text("If its own rules say so")]
      case .alwaysRevert, .alwaysRevertAll: []
      }
    let filter: [PageText] =
      controller.filter.map { [.text(" and the failure is one of "), .code($0.summary)] } ?? []
    return condition + filter + [.text(", ")]
  }

  /// What is undone, in its order.
  ///
  /// - Parameter only: what has been named already.
  private func order(
    of undoing: FailureCourse.Undoing, butFor only: [NodeIndex] = []
  ) -> [PageText] {
    if undoing.undone.isEmpty || undoing.undone == only { return [] }
    return [.text(" (")] + names.path(undoing.undone) + [.text(")")]
  }

  /// What else there is to know about undoing.
  private func remarks(on undoing: FailureCourse.Undoing) -> [PageText] {
    var text: [PageText] = []
    func add(_ start: String, _ nodes: [NodeIndex]) {
      guard !nodes.isEmpty else { return }
      text += [.text(" \(start): ")] + names.tasks(nodes) + [.text(".")]
    }
    add("Undone as well, if it has run by then", undoing.undoneIfRun)
    add("Has no undo", undoing.notUndoable)
    add("Is not affected, and goes on", undoing.goingOn)
    return text
  }
}
