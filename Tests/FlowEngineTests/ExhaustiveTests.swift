import EngineCampaign
import Testing

/// A part of what `make exhaustive` goes through as a whole: the machine against the reference, in every
/// interleaving, with every call free to fail.
///
/// A script that fails always, at first or never is one way among those followed: at each end of a body both
/// success and failure are taken.
@Suite(.serialized)
struct ExhaustiveTests {
  @Test(arguments: CampaignPart.all)
  func `a part of the campaign runs as the reference says`(part: CampaignPart) async {
    await sample(part)
  }

  /// Engines that die at every step of small runs, against runs in which none does.
  @Test(arguments: CampaignPart.crashes)
  func `a run that crashes anywhere goes on as one that does not`(part: CampaignPart) async {
    await sample(part)
  }

  private func sample(_ part: CampaignPart) async {
    let outcome = await part.run(isWhole: false)
    print(outcome.line)
    for finding in outcome.findings.prefix(5) { Issue.record("\(finding)") }
    #expect(outcome.findings.isEmpty)
  }
}
