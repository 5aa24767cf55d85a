import Foundation
import TaskFlowTesting
import Testing

struct RunConformanceTests {
  private func cases() throws -> [ConformanceCase] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Conformance/cases.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try ConformanceCase(line: String($0))
    }
  }

  @Test func `every recorded flow leads to a recorded outcome, one body after another`()
    async throws
  {
    for recorded in try cases() {
      let differences = try await ConformanceCheck.outcomeDifferences(of: recorded, order: .serial)
      #expect(differences == [], "case \(recorded.id)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6])
  func `every recorded flow leads to a recorded outcome when completions come in any order`(
    seed: UInt64
  ) async throws {
    for recorded in try cases() {
      let differences = try await ConformanceCheck.outcomeDifferences(
        of: recorded, order: .random(seed: seed))
      #expect(differences == [], "case \(recorded.id), seed \(seed)")
    }
  }
}
