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
  @Test(arguments: CampaignPart.all)
  func `a part of the campaign runs as the reference says`(part: CampaignPart) async {
    await part.run()
  }
}

/// Engines that die at every step of small runs, against runs in which none does.
@Suite(.serialized)
struct CrashExhaustiveTests {
  @Test(arguments: CampaignPart.crashes)
  func `a run that crashes anywhere goes on as one that does not`(part: CampaignPart) async {
    await part.run(Campaign.followCrashes)
  }
}

extension CampaignPart {
  private static let wanted = ProcessInfo.processInfo.environment["TFGRAPH_EXHAUSTIVE"]

  /// Goes through what is wanted of it, and says what that was.
  fileprivate func run(
    _ follow: @escaping @Sendable (Campaign.Case) -> Campaign.Report = Campaign.follow
  ) async {
    let isWhole = [name, "full"].contains(Self.wanted)
    guard isWhole || Self.wanted == nil else { return }
    let all = cases()
    let chosen = isWhole ? all : sampled(all)
    let clock = ContinuousClock()
    let begin = clock.now
    let report = await Campaign.run(chosen, follow)
    let seconds = Int(((clock.now - begin) / .seconds(1)).rounded())
    let crashes =
      report.crashes == 0 ? "" : " \(report.crashes) crashes, \(report.detours) detours,"
    print(
      "\(name): \(report.cases) of \(all.count) cases (seed \(seed)),",
      "\(report.states) states, \(report.transitions) transitions,\(crashes)",
      "\(report.ends) ends, \(seconds) s")
    for finding in report.findings.prefix(5) { Issue.record("\(finding)") }
    #expect(report.findings.isEmpty)
  }
}
