import FlowEngine

extension CampaignPart {
  /// What engines die in.
  static let crashes: [CampaignPart] = [
    CampaignPart(name: "crashes in graphs of up to 3 tasks", sample: .max) {
      Campaign.cases((0...3).flatMap { SmallFlow.everyGraph(of: $0) })
    },
    CampaignPart(name: "crashes in graphs of 4 tasks", sample: 10) {
      Campaign.cases(SmallFlow.everyGraph(of: 4))
    },
    CampaignPart(name: "crashes in trees of 1 task", sample: .max) {
      Campaign.cases(trees(1, 0...3, Kinds.builtIn))
    },
    CampaignPart(name: "crashes in trees of 2 tasks, up to 1 controller", sample: .max) {
      Campaign.cases(trees(2, 0...1, Kinds.builtIn))
    },
    CampaignPart(name: "crashes in trees of 2 tasks, 2 controllers", sample: 20) {
      Campaign.cases(trees(2, 2...2, Kinds.builtIn))
    },
    CampaignPart(name: "crashes in trees of 2 tasks, 3 controllers", sample: 20) {
      Campaign.cases(trees(2, 3...3, unlike))
    },
    CampaignPart(name: "crashes in trees of 3 tasks, up to 1 controller", sample: 20) {
      Campaign.cases(trees(3, 0...1, Kinds.builtIn))
    },
    CampaignPart(name: "crashes in trees of 3 tasks, 2 controllers", sample: 20) {
      Campaign.cases(trees(3, 2...2, unlike))
    },
    CampaignPart(name: "crashes in trees of 3 tasks, 3 controllers", sample: 20) {
      Campaign.cases(trees(3, 3...3, [.times2, .alwaysRevert, .alwaysRevertAll]))
    },
    CampaignPart(name: "crashes with controllers that change their minds", sample: 20) {
      Campaign.cases(
        trees(2, 1...2, [.times2] + Kinds.fickle) + trees(3, 1...2, [.times2] + Kinds.fickle))
    },
    CampaignPart(name: "crashes with controllers that fail", sample: 20) {
      Campaign.cases(tiny, controllersFail: true)
    },
    CampaignPart(name: "crashes with controllers that pause", sample: 20) {
      Campaign.cases(tiny).flatMap { one in
        [nil, 1].map { limit in
          var one = one
          one.controllersPause = true
          one.options.concurrencyLimit = limit
          return one
        }
      }
    },
    CampaignPart(name: "crashes with limits", sample: 20) {
      Campaign.cases(tiny).flatMap { one in
        [1, 2].map { limit in
          var one = one
          one.options.concurrencyLimit = limit
          return one
        }
      }
    },
    CampaignPart(name: "crashes when nothing is resolved", sample: 20) {
      Campaign.cases(tiny).map { one in
        var one = one
        one.options.neverResolves = true
        return one
      }
    },
  ]
}
