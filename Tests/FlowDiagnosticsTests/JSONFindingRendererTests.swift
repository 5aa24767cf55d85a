import FlowDiagnostics
import Foundation
import Testing

@Suite struct JSONFindingRendererTests {
  let finding = Finding(
    rule: "duplicate-key", message: "duplicate key 'a\"\\\u{202E}\u{E0041}\n'",
    span: SourceSpan(file: "f.yaml", line: 2, column: 1, length: 3),
    related: [.init(span: SourceSpan(file: "f.yaml", line: 1, column: 1), message: "first")],
    notes: ["one", "two"], help: nil)

  @Test func `the bytes are these`() {
    let warning = Finding(
      rule: "w", severity: .warning, message: "m",
      span: SourceSpan(file: "f.yaml", line: 1, column: 1), help: "h")
    #expect(
      JSONFindingRenderer().text(for: [finding, warning, finding]) == #"""
        {
          "schema": 1,
          "summary": {"errors": 1, "warnings": 1, "infos": 0},
          "findings": [
            {"rule": "w", "id": null, "severity": "warning", "message": "m", "span": {"file": "f.yaml", "line": 1, "column": 1, "length": 1}, "related": [], "notes": [], "help": "h", "fix": null},
            {"rule": "duplicate-key", "id": null, "severity": "error", "message": "duplicate key 'a\"\\\u202e\udb40\udc41\n'", "span": {"file": "f.yaml", "line": 2, "column": 1, "length": 3}, "related": [{"span": {"file": "f.yaml", "line": 1, "column": 1, "length": 1}, "message": "first"}], "notes": ["one", "two"], "help": null, "fix": null}
          ]
        }

        """#)
  }

  @Test func `no findings are an empty list`() {
    #expect(
      JSONFindingRenderer().text(for: []) == """
        {
          "schema": 1,
          "summary": {"errors": 0, "warnings": 0, "infos": 0},
          "findings": []
        }

        """)
  }

  @Test func `what is written is read back the same`() throws {
    struct Output: Decodable {
      var schema: Int
      var findings: [Finding]
    }
    var other = finding
    other.message = String(String.UnicodeScalarView((1...0x2FF).compactMap(Unicode.Scalar.init)))
    let text = JSONFindingRenderer().text(for: [finding, other])
    let output = try JSONDecoder().decode(Output.self, from: Data(text.utf8))
    #expect(output.schema == JSONFindingRenderer.schema)
    #expect(output.findings == [finding, other].presented)
  }
}
