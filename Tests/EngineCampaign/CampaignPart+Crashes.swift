import FlowEngine

extension CampaignPart {
  /// What engines die in; with at most two tasks they die twice.
  ///
  /// Since a run with two crashes is as many runs as it has steps, there are fewer kinds of controllers in
  /// it than where nothing crashes.
  package static let crashes: [CampaignPart] = [
    CampaignPart(name: "crashes in graphs of up to 3 tasks", sample: .max) {
      Campaign.cases((0...3).flatMap { SmallFlow.everyGraph(of: $0) })
    },
    CampaignPart(name: "crashes in graphs of 4 tasks", sample: 2) {
      Campaign.cases(SmallFlow.everyGraph(of: 4))
    },
    CampaignPart(name: "crashes in trees of 1 task", sample: 16) {
      Campaign.cases(trees(1, 0...2, Kinds.builtIn) + trees(1, 3...3, unlike))
    },
    CampaignPart(name: "crashes in trees of 2 tasks", sample: 12) {
      Campaign.cases(trees(2, 0...1, Kinds.builtIn) + trees(2, 2...2, unlike))
    },
    CampaignPart(name: "crashes in trees of 2 tasks, 3 controllers", sample: 1) {
      Campaign.cases(trees(2, 3...3, [.times2, .alwaysRevertAll]))
    },
    CampaignPart(name: "crashes in trees of 3 tasks", sample: 40) {
      Campaign.cases(trees(3, 0...1, Kinds.builtIn) + trees(3, 2...2, unlike))
    },
    CampaignPart(name: "crashes in trees of 3 tasks, 3 controllers", sample: 20) {
      Campaign.cases(trees(3, 3...3, [.times2, .alwaysRevert, .alwaysRevertAll]))
    },
    CampaignPart(name: "crashes with controllers that change their minds", sample: 8) {
      Campaign.cases(
        trees(2, 1...2, [.times2] + Kinds.fickle) + trees(3, 1...1, [.times2] + Kinds.fickle))
    },
    CampaignPart(name: "crashes with controllers that fail", sample: 16) {
      Campaign.cases(few, controllersFail: true)
    },
    CampaignPart(name: "crashes with controllers that pause", sample: 16) {
      Campaign.limited(
        Campaign.changed(Campaign.cases(few)) { $0.controllersPause = true }, to: [nil, 1])
    },
    CampaignPart(name: "crashes with limits", sample: 16) {
      Campaign.limited(Campaign.cases(few), to: [1, 2])
    },
    CampaignPart(name: "crashes when nothing is resolved", sample: 40) {
      Campaign.changed(Campaign.cases(few)) { $0.options.neverResolves = true }
    },
  ].map { part in
    var part = part
    part.hasCrashes = true
    return part
  }

  /// Flows that are small even for two crashes and something else that varies.
  private static var few: [SmallFlow] {
    (0...3).flatMap { SmallFlow.everyGraph(of: $0) }
      + trees(1, 0...2, unlike) + trees(2, 0...1, unlike)
  }
}
