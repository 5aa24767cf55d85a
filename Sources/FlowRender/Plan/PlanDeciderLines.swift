import TaskFlow

/// The links that carry a decider.
struct PlanDeciderLines {
  /// One link.
  struct Line {
    var source: LineEnd
    var target: LineEnd
    var decider: LinkDecider
  }

  /// The links, in the order of the plan's edges.
  private(set) var lines: [Line] = []

  init(_ plan: Plan, _ folding: PlanFolding, _ ends: PlanEnds) {
    for edge in plan.edges {
      guard let number = edge.decider else { continue }
      let (source, target) = (ends.end(of: edge.source), ends.end(of: edge.target))
      if ends.isInside(source, target) { continue }
      lines.append(Line(source: source, target: target, decider: plan.linkDeciders[Int(number)]))
    }
  }
}

extension LinkDecider {
  /// What it asks, for a line's label.
  var label: String { summary ?? "if it decides so" }

  /// What a no does, as a phrase.
  var reach: String { depth.reach }
}

extension SkipDepth {
  /// What is skipped, as a phrase.
  var reach: String {
    switch self {
    case .all: "all that it leads to is skipped with it"
    case .flow: "what its flow's tasks lead to is skipped with it"
    case .neighbors: "the tasks right after it are skipped with it"
    case .atom: "only it is skipped"
    }
  }
}
