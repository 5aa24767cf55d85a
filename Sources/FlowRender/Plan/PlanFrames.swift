import TaskFlow

/// The frames of a picture: one for each open flow, but for an outermost flow without a retry, which
/// the picture itself is.
///
/// A retry's area of influence is its flow without the controller itself, so one frame shows both.
struct PlanFrames {
  /// The frames, outer ones first.
  private(set) var clusters: [Drawing.Cluster] = []

  /// The innermost frame around what is directly in each flow.
  private(set) var ofFlow: [Int?] = []

  init(_ plan: Plan, _ folding: PlanFolding, _ options: FlowPicture.Options) {
    for (index, flow) in plan.flows.enumerated() {
      let outer = flow.parent.flatMap { ofFlow[Int($0)] }
      guard folding.isOpen[index], flow.parent != nil || flow.retry != nil else {
        ofFlow.append(outer)
        continue
      }
      ofFlow.append(clusters.count)
      var cluster = Self.cluster(of: flow, in: plan, options)
      cluster.parent = outer
      clusters.append(cluster)
    }
  }

  private static func cluster(
    of flow: PlanFlow, in plan: Plan, _ options: FlowPicture.Options
  ) -> Drawing.Cluster {
    var cluster = Drawing.Cluster(name: flow.name, pattern: flow.pattern.rawValue)
    var words: [String] = []
    if let summary = flow.summary { words.append(summary) }
    if let timeout = flow.timeout { words.append("At most \(DurationText.text(of: timeout)).") }
    if let limit = flow.concurrencyLimit {
      words.append("No more than \(limit.count) at once.")
      cluster.pattern = "\(flow.pattern.rawValue), \(limit.count) at once"
    }
    if let retry = flow.retry, let controller = plan.controller(at: retry) {
      cluster.kind = .areaOfInfluence
      cluster.badge = RetryWords.badge(of: controller)
      cluster.revertsAll = controller.undoesEverything
      words.append(RetryWords.sentence(of: controller))
      let symbols = controller.provision.items.map(\.symbol)
      if !symbols.isEmpty { words.append("Provides \(PlanWords.listed(symbols)).") }
      if let made = options.attempts[retry], made > 0 {
        cluster.attempts = Drawing.Cluster.Attempts(
          made: made, allowed: controller.mostAttempts)
      }
      // The task says the name already.
      if plan.isMadeForItsTask(flow) {
        cluster.name = ""
        cluster.pattern = nil
      }
    }
    cluster.tooltip = words.joined(separator: " ")
    return cluster
  }
}

extension Plan {
  /// Whether a flow is there only since its one task has a retry (`retry:` on a task).
  func isMadeForItsTask(_ flow: PlanFlow) -> Bool {
    guard flow.retry != nil, flow.children.count == 1, let task = task(at: flow.children[0]) else {
      return false
    }
    return flow.name == "\(task.name).flow"
  }
}
