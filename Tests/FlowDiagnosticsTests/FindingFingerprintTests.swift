import Testing

@testable import FlowDiagnostics

@Suite struct FindingFingerprintTests {
  /// Source: the test vectors of the hash's authors.
  @Test(arguments: [
    ("", 0xCBF2_9CE4_8422_2325 as UInt64), ("a", 0xAF63_DC4C_8601_EC8C),
    ("foobar", 0x8594_4171_F739_67E8),
  ])
  func `the hash is FNV-1a`(text: String, value: UInt64) {
    var hash = StableHash()
    for byte in text.utf8 { hash.combine(byte) }
    #expect(hash.value == value)
  }

  @Test func `lines that come and go, and indentation, change nothing`() {
    let before = fingerprints(of: "a\n  b\nc\n", lines: [2])
    let after = fingerprints(of: "new\n\na\n\t b \nc\n", lines: [4])
    #expect(before == after)
    #expect(before != fingerprints(of: "a\n  B\nc\n", lines: [2]))
  }

  @Test func `rule, file, line and occurrence make a fingerprint`() {
    let text = "x\nx\ny\n"
    let all = fingerprints(of: text, lines: [1, 2, 3])
    #expect(Set(all).count == 3)
    #expect(fingerprints(of: text, lines: [1]) == [all[0]])
    #expect(fingerprints(of: text, lines: [1], rule: "other") != [all[0]])
    #expect(fingerprints(of: text, lines: [1], file: "other") != [all[0]])
  }

  @Test func `a file is called as somebody says`() {
    let finding = Finding(
      rule: "r", message: "m", span: SourceSpan(file: "./f", line: 1, column: 1))
    let named = FindingFingerprint.all(of: [finding], in: ["./f": "x\n"]) { _ in "f" }
    #expect(named == fingerprints(of: "x\n", lines: [1], rule: "r"))
  }

  @Test func `it stays what it was, for baselines that are kept`() {
    #expect(fingerprints(of: "x\n", lines: [1]).map(\.description) == ["9df46f3f37dcc52a"])
  }

  private func fingerprints(
    of text: String, lines: [Int], rule: String = "r", file: String = "f"
  ) -> [FindingFingerprint] {
    let findings = lines.map {
      Finding(rule: rule, message: "m", span: SourceSpan(file: file, line: $0, column: 1))
    }
    return FindingFingerprint.all(of: findings, in: SourceTexts([file: SourceText(text)]))
  }
}
