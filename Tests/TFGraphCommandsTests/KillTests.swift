import Foundation
import TaskFlowTesting
import Testing

/// What is wanted of the campaign of kills.
private enum KillCampaign {
  private static let environment = ProcessInfo.processInfo.environment

  /// How many kills there are; `nil` for none.
  static let kills = environment["TFGRAPH_KILLS"].flatMap { Int($0) }

  static let seed =
    environment["TFGRAPH_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
}

/// The real command is killed at any time, and two go on with what it left at once.
///
/// When it is killed is chance, and what must come of it is not. Runs with `TFGRAPH_KILLS`, how many kills
/// there are, and half as many races; `TFGRAPH_SEED` makes the same choices again, if not at the same times.
@Suite(.serialized, .enabled(if: KillCampaign.kills != nil), .timeLimit(.minutes(60)))
struct KillTests {
  /// A run that nobody kills, how its command ended, and how many looks it lived.
  private struct Whole {
    var run: KilledRun
    var end: CommandRun
    var looks: Int

    init(_ flow: KilledRun.Flow, isGated: Bool = false) async throws {
      run = try KilledRun(flow)
      if isGated { try run.scratch.write("", to: "go") }
      let call = try run.start()
      looks = await KilledRun.looks(at: call)
      end = await call.end()
    }
  }

  @Test func `a run whose command is killed at any time ends as one that nobody kills`()
    async throws
  {
    let wanted = try #require(KillCampaign.kills)
    var random = SeededGenerator(seed: KillCampaign.seed)
    var wholes: [Whole] = []
    for flow in KilledRun.Flow.all { wholes.append(try await Whole(flow)) }
    #expect(wholes.map(\.end.code) == [0, 1, 3])
    var (kills, runs, most) = (0, 0, 0)
    while kills < wanted {
      let whole = wholes[runs % wholes.count]
      var run = try KilledRun(whole.run.flow)
      var end: CommandRun?
      repeat {
        let call = try run.start()
        end = try await run.kill(call, after: random.number(0...whole.looks))
      } while end == nil && (run.id == nil || random.happens(60))
      if end == nil { end = try await run.start().end() }
      try await run.check(against: whole.run, try #require(end), as: whole.end)
      runs += 1
      kills += run.kills
      most = max(most, run.kills)
    }
    print("seed \(KillCampaign.seed): \(kills) kills in \(runs) runs, up to \(most) in one")
  }

  @Test func `of two commands that go on with a killed run one does and the other says who`()
    async throws
  {
    let wanted = try #require(KillCampaign.kills) / 2
    var random = SeededGenerator(seed: KillCampaign.seed)
    let whole = try await Whole(.gated, isGated: true)
    #expect(whole.end.code == 0)
    var (races, kills) = (0, 0)
    while races < wanted {
      var run = try KilledRun(.gated)
      repeat {
        let call = try run.start()
        #expect(try await run.kill(call, after: random.number(0...whole.looks)) == nil)
      } while run.id == nil
      let (winner, loser, process) = try await race(run, after: random.number(0...whole.looks / 10))
      #expect(loser.code == 5, "\(loser.output)\(loser.complaints)")
      // Who has just got the run may not have written its name yet.
      let names = ["' belongs to process \(process) on ", "' belongs to another process\n"]
      #expect(names.contains { loser.complaints.contains($0) }, "\(process): \(loser.complaints)")
      try await run.check(against: whole.run, winner, as: whole.end)
      races += 1
      kills += run.kills
    }
    print("seed \(KillCampaign.seed): \(races) races after \(kills) kills")
  }

  /// Has two commands go on with a run, which can't end before one of them has.
  private func race(
    _ run: KilledRun, after looks: Int
  ) async throws -> (winner: CommandRun, loser: CommandRun, process: pid_t) {
    let first = try run.start()
    _ = await KilledRun.looks(at: first, atMost: looks)
    let calls = [first, try run.start()]
    return try await withThrowingTaskGroup(of: (index: Int, end: CommandRun).self) { group in
      for (index, call) in calls.enumerated() { group.addTask { (index, await call.end()) } }
      let loser = try #require(try await group.next())
      try run.scratch.write("", to: "go")
      let winner = try #require(try await group.next())
      return (winner.end, loser.end, calls[winner.index].process.processIdentifier)
    }
  }
}
