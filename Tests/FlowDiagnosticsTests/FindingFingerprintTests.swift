import FlowDiagnostics
import Testing

@Suite struct FindingFingerprintTests {
  private let text = "flow: x\nlinear:\n  - task: a\n    run: b\n  - task: c\n    run: b\n"

  private func finding(_ line: Int, _ rule: String = "r", column: Int = 5) -> Finding {
    Finding(rule: rule, message: "m", span: SourceSpan(file: "f", line: line, column: column))
  }

  private func prints(_ findings: [Finding], _ text: String) -> [String] {
    FindingFingerprint.all(
      of: findings.presented, sources: ["f": text], rules: .none
    ).map(\.description)
  }

  @Test func `lines above, white space, and columns don't count`() {
    let before = prints([finding(4), finding(6)], text)
    #expect(Set(before).count == 2)
    #expect(prints([finding(6), finding(8)], "# one\n# two\n" + text) == before)
    #expect(prints([finding(6), finding(8)], "\u{FEFF}# one\r\n# two\r\n" + text) == before)
    let spaced = text.replacing("    run: b", with: "\t  run:   b \t")
    #expect(prints([finding(4, column: 9), finding(6)], spaced) == before)
  }

  @Test func `the rule, the line, and how many are before it count`() {
    let one = prints([finding(4)], text)
    #expect(prints([finding(4, "s")], text) != one)
    #expect(prints([finding(3)], text) != one)
    #expect(prints([finding(6)], text) == one)
    #expect(prints([finding(4), finding(6)], text)[0] == one[0])
    #expect(Set(prints([finding(4), finding(4, column: 6), finding(6)], text)).count == 3)
  }

  @Test func `the bytes are these in every process`() {
    #expect(prints([finding(4)], text) == ["e670c2b75d8ad66e"])
  }

  @Test func `without a text the message counts`() {
    var other = finding(9)
    let sources = SourceTexts.none
    let first = FindingFingerprint.all(of: [other], sources: sources, rules: .none)
    other.message = "n"
    #expect(FindingFingerprint.all(of: [other], sources: sources, rules: .none) != first)
    other.message = "m"
    other.span.line = 3
    #expect(FindingFingerprint.all(of: [other], sources: sources, rules: .none) == first)
  }

  @Test func `a thousand findings in one long line are quick`() {
    let line = String(repeating: "x", count: 4 << 20)
    let findings = (1...1_000).map { finding(1, column: $0) }
    #expect(Set(prints(findings, line)).count == 1_000)
  }
}
