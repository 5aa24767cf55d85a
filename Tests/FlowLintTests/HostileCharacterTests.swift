import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

/// Each character that a terminal obeys or nobody sees: in a file as it is, and as an escape in a name.
@Suite struct HostileCharacterTests {
  private static let controls: [UInt32] =
    Array(0x00...0x1F) + Array(0x7F...0x9F)
    + [0xAD, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069]
    + [0xFEFF, 0xFFFE, 0xFFFF, 0xE0001, 0xE007F]

  private func findings(_ text: String) -> [Finding] {
    Linter().lint(FlowDocument.read(bytes: Array(text.utf8), path: "f")).findings
  }

  /// What people see of the findings.
  private func shown(_ findings: [Finding], _ text: String) -> String {
    TextFindingRenderer(sources: SourceTexts(["f": SourceText(Array(text.utf8))]))
      .text(for: findings)
  }

  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || !Self.controls.contains(scalar.value)
    }
  }

  @Test(arguments: controls)
  func `as it is in a file it is found at its place, or is a character like others`(
    value: UInt32
  ) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let text =
      "tfgraph: 1\nflow: f\ndescription: 'é\(scalar)x'\nlinear:\n  - { task: a, wait: 1ms }\n"
    let found = findings(text)
    #expect(isHarmless(shown(found, text)))
    let isRefused = found.contains { $0.rule == "yaml-syntax" }
    let isLineEnd = scalar == "\n" || scalar == "\r"
    let isAllowed = scalar == "\t" || isLineEnd || value >= 0xA0
    if !isAllowed || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(value) {
      #expect(isRefused)
      #expect(found.map(\.span) == [SourceSpan(file: "f", line: 3, column: 16)])
    } else {
      #expect(!isRefused)
    }
  }

  @Test(arguments: controls)
  func `as an escape in a name it is refused at its place, and is shown as an escape`(
    value: UInt32
  ) throws {
    let digits = String(value, radix: 16)
    let escape = "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    let text =
      "tfgraph: 1\nflow: f\nlinear:\n  - { task: \"a\(escape)b\", requires: [\"a\(escape)b\"], wait: 1ms }\n"
    let found = findings(text).filter { $0.severity == .error }
    #expect(isHarmless(shown(found, text)))
    #expect(
      found.contains { $0.span.line == 4 && $0.span.column == 13 && $0.rule == "wrong-value" })
    #expect(
      found.contains { $0.span.line == 4 && $0.span.column == 40 && $0.rule == "wrong-value" })
  }
}
