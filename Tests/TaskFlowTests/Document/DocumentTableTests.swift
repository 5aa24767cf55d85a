import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DocumentTableTests {
  @Test(arguments: DocumentTable(folder: "ok").names)
  func `a document without mistakes is silent`(name: String) throws {
    let reading = FlowDocument.read(bytes: try DocumentTable(folder: "ok").bytes(name), path: name)
    #expect(reading.allFindings.map(\.message) == [])
    #expect(reading.document != nil)
  }

  @Test(arguments: DocumentTable(folder: "err").names)
  func `each mistake is found at its place, and nothing else`(name: String) throws {
    let reading = FlowDocument.read(bytes: try DocumentTable(folder: "err").bytes(name), path: name)
    let lines = reading.text.split(separator: "\n", omittingEmptySubsequences: false)
    var expected = ExpectedFinding.all(in: reading.text)
    #expect(!expected.isEmpty)
    for finding in reading.allFindings {
      if let index = expected.firstIndex(where: { $0.matches(finding, in: lines) }) {
        expected.remove(at: index)
      } else {
        Issue.record(
          "unexpected at \(finding.span): \(finding.rule): \(finding.message) @ \(finding.marked(in: lines))"
        )
      }
    }
    for missing in expected { Issue.record("missing at \(name), \(missing)") }
  }

  @Test func `each finding of the format says what to do`() throws {
    let table = DocumentTable(folder: "err")
    for name in table.names {
      let reading = FlowDocument.read(bytes: try table.bytes(name), path: name)
      for finding in reading.findings where finding.rule == "wrong-value" && finding.help == nil {
        // What was expected, and what a name or a pattern lacks, says it already.
        let says = ["expected ", "the name ", "this '['"]
        #expect(
          says.contains { finding.message.hasPrefix($0) }, "\(name): \(finding.message)")
      }
    }
  }
}
