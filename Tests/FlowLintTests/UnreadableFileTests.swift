import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow
import Testing

@Suite struct UnreadableFileTests {
  @Test(arguments: ["", "/absent/f.flow.yaml", FileManager.default.temporaryDirectory.path])
  func `a file that can't be read is a finding of its own rule`(path: String) {
    let findings = Linter().lint(FlowDocument.read(path: path)).findings
    #expect(findings.map { RuleCatalog.lint[$0.rule]?.id } == ["TFG009"])
    #expect(findings.map(\.severity) == [.error])
  }
}
