import FlowEngine
import TaskFlow
import TaskFlowTesting

/// Cases that belong together, and how many of them are enough for every day.
///
/// Left out are trees with more than three controllers, of which there are millions, and, where there are
/// three tasks or three controllers, kinds of controllers that decide as another one does.
package struct CampaignPart: Sendable, CustomStringConvertible {
  package var name: String
  /// How many cases are taken when not all are.
  var sample: Int
  var seed: UInt64 = 1
  /// Whether engines die in it, at every step.
  var hasCrashes = false
  var cases: @Sendable () -> [Campaign.Case]

  package var description: String { name }

  /// What came of it.
  package struct Outcome: Sendable {
    /// How much it went through, in one line.
    package var line: String
    /// What is not as it should be.
    package var findings: [String]
  }

  /// Goes through all of it, or through as many cases as are enough for every day.
  package func run(isWhole: Bool) async -> Outcome {
    let all = cases()
    let clock = ContinuousClock()
    let begin = clock.now
    let report = await Campaign.run(
      isWhole ? all : sampled(all), hasCrashes ? Campaign.followCrashes : Campaign.follow)
    let seconds = Int(((clock.now - begin) / .seconds(1)).rounded())
    let crashes = hasCrashes ? " \(report.crashes) crashes, \(report.detours) detours," : ""
    let line =
      "\(name): \(report.cases) of \(all.count) cases (seed \(seed)), \(report.states) states, "
      + "\(report.transitions) transitions,\(crashes) \(report.ends) ends, \(seconds) s"
    return Outcome(line: line, findings: report.findings)
  }

  /// Some of the cases, chosen by the seed.
  func sampled(_ cases: [Campaign.Case]) -> [Campaign.Case] {
    guard sample < cases.count else { return cases }
    var random = SeededGenerator(seed: seed)
    return (0..<sample).map { _ in cases[random.number(0...cases.count - 1)] }
  }

  static func trees(
    _ tasks: Int, _ controllers: ClosedRange<Int>, _ kinds: [SmallFlow.Controller]
  ) -> [SmallFlow] {
    SmallFlow.everyTree(
      SmallFlow.Bounds(depth: 3, tasks: tasks, controllers: controllers, kinds: kinds))
  }

  typealias Kinds = SmallFlow.Controller

  /// One of each way to decide: `times1` decides as `alwaysRevert` does, and `forEach2` as `times2`.
  static let unlike: [Kinds] = [.times2, .times3, .alwaysRevert, .alwaysRevertAll]

  /// Flows that are small even for the parts that vary something else as well.
  static var tiny: [SmallFlow] {
    (0...3).flatMap { SmallFlow.everyGraph(of: $0) }
      + trees(1, 0...3, unlike) + trees(2, 0...2, unlike)
  }

  /// The machine against the reference, in every interleaving.
  package static let all: [CampaignPart] = [
    CampaignPart(name: "graphs", sample: 24) {
      Campaign.cases((0...4).flatMap { SmallFlow.everyGraph(of: $0) })
    },
    CampaignPart(name: "trees of 1 task", sample: 60) {
      Campaign.cases(trees(1, 0...3, Kinds.builtIn))
    },
    CampaignPart(name: "trees of 2 tasks", sample: 60) {
      Campaign.cases(trees(2, 0...2, Kinds.builtIn) + trees(2, 3...3, unlike))
    },
    CampaignPart(name: "trees of 3 tasks, up to 2 controllers", sample: 40) {
      Campaign.cases(trees(3, 0...1, Kinds.builtIn) + trees(3, 2...2, unlike))
    },
    CampaignPart(name: "trees of 3 tasks, 3 controllers", sample: 40) {
      Campaign.cases(trees(3, 3...3, [.times2, .alwaysRevert, .alwaysRevertAll]))
    },
    CampaignPart(name: "controllers that change their minds", sample: 20) {
      Campaign.cases(
        trees(2, 1...2, [.times2] + Kinds.fickle) + trees(3, 1...2, [.times2] + Kinds.fickle))
    },
    CampaignPart(name: "controllers that fail", sample: 40) {
      Campaign.cases(tiny, controllersFail: true)
    },
    CampaignPart(name: "limits", sample: 60) {
      Campaign.limited(Campaign.cases(tiny), to: [1, 2])
    },
    CampaignPart(name: "nothing is resolved", sample: 40) {
      Campaign.changed(Campaign.cases(tiny)) { $0.options.neverResolves = true }
    },
  ]
}
