import FlowEngine
import Foundation
import TaskFlow
import TaskFlowTesting
import Testing

/// The machine against the reference, in every interleaving, with every call free to fail.
///
/// A script that fails always, at first or never is one way among those followed: at each end of a body both
/// success and failure are taken. The whole campaign is run with `TFGRAPH_EXHAUSTIVE=full`, or a part of it
/// with the part's name.
@Suite(.serialized)
struct ExhaustiveTests {
  private static let wanted = ProcessInfo.processInfo.environment["TFGRAPH_EXHAUSTIVE"]

  @Test(arguments: CampaignPart.all)
  func `a part of the campaign runs as the reference says`(part: CampaignPart) async {
    let isWhole = [part.name, "full"].contains(Self.wanted)
    guard isWhole || Self.wanted == nil else { return }
    let all = part.cases()
    let chosen = isWhole ? all : part.sampled(all)
    let clock = ContinuousClock()
    let begin = clock.now
    let report = await Campaign.run(chosen)
    let seconds = Int(((clock.now - begin) / .seconds(1)).rounded())
    print(
      "\(part.name): \(report.cases) of \(all.count) cases (seed \(part.seed)),",
      "\(report.states) states, \(report.transitions) transitions, \(report.ends) ends,",
      "\(seconds) s")
    for finding in report.findings.prefix(5) { Issue.record("\(finding)") }
    #expect(report.findings.isEmpty)
  }
}
