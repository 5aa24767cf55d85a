import Foundation
import TaskFlowTesting
import Testing

struct CompileConformanceTests {
  @Test func `every recorded flow compiles to the recorded graph, areas and scopes`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Conformance/cases.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 772)
    for line in lines {
      let recorded = try ConformanceCase(line: String(line))
      let differences = ConformanceCheck.compiledDifferences(of: recorded)
      #expect(differences == [], "case \(recorded.id)")
    }
  }
}
