import FlowEngine
import TaskFlow
import TaskFlowTesting

/// Cases that belong together, and how many of them are enough for every day.
struct CampaignPart: Sendable, CustomStringConvertible {
  var name: String
  /// How many cases are taken when not all are.
  var sample: Int
  var seed: UInt64 = 1
  var cases: @Sendable () -> [Campaign.Case]

  var description: String { name }

  /// Some of the cases, chosen by the seed.
  func sampled(_ cases: [Campaign.Case]) -> [Campaign.Case] {
    guard sample < cases.count else { return cases }
    var random = SeededGenerator(seed: seed)
    return (0..<sample).map { _ in cases[random.number(0...cases.count - 1)] }
  }

  private static func trees(
    _ tasks: Int, _ controllers: ClosedRange<Int>, _ kinds: [SmallFlow.Controller]
  ) -> [SmallFlow] {
    SmallFlow.everyTree(
      SmallFlow.Bounds(depth: 3, tasks: tasks, controllers: controllers, kinds: kinds))
  }

  /// One of each way to decide.
  private static let unlike: [SmallFlow.Controller] = [.times2, .alwaysRevert, .alwaysRevertAll]

  static let all: [CampaignPart] = [
    CampaignPart(name: "graphs of 3", sample: 10) {
      Campaign.cases((0...3).flatMap { SmallFlow.everyGraph(of: $0) })
    },
    CampaignPart(name: "graphs of 4", sample: 1) {
      Campaign.cases(SmallFlow.everyGraph(of: 4))
    },
    CampaignPart(name: "trees of 1", sample: 10) {
      Campaign.cases(trees(1, 0...3, SmallFlow.Controller.allCases))
    },
    CampaignPart(name: "trees of 2, 2 controllers", sample: 6) {
      Campaign.cases(trees(2, 0...2, SmallFlow.Controller.allCases))
    },
    CampaignPart(name: "trees of 3, 1 controller", sample: 4) {
      Campaign.cases(trees(3, 0...1, SmallFlow.Controller.allCases))
    },
    CampaignPart(name: "trees of 3, 2 controllers", sample: 2) {
      Campaign.cases(trees(3, 2...2, SmallFlow.Controller.allCases))
    },
    CampaignPart(name: "trees of 2, 3 controllers", sample: 2) {
      Campaign.cases(trees(2, 3...3, unlike))
    },
    CampaignPart(name: "trees of 3, 3 controllers", sample: 2) {
      Campaign.cases(trees(3, 3...3, unlike))
    },
    CampaignPart(name: "failing controllers", sample: 4) {
      Campaign.cases(trees(1, 0...3, unlike) + trees(2, 0...2, unlike), controllersFail: true)
    },
    CampaignPart(name: "limits", sample: 4) {
      Campaign.cases(SmallFlow.everyGraph(of: 3) + trees(2, 0...2, unlike)).flatMap { one in
        [1, 2].map { limit in
          var one = one
          one.options.concurrencyLimit = limit
          return one
        }
      }
    },
    CampaignPart(name: "never resolve", sample: 4) {
      Campaign.cases(SmallFlow.everyGraph(of: 3) + trees(2, 0...1, unlike)).map { one in
        var one = one
        one.options.neverResolves = true
        return one
      }
    },
  ]
}
