import Testing

@testable import FlowDiagnostics

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("名前 é 😀", "名前 é 😀"), ("a\tb\nc", "a\\u{9}b\\u{A}c"),
    ("\u{1B}[31m", "\\u{1B}[31m"), ("\u{7F}\u{85}", "\\u{7F}\\u{85}"),
    ("\u{202E}x\u{2066}", "\\u{202E}x\\u{2066}"), ("\u{200B}\u{FEFF}", "\\u{200B}\\u{FEFF}"),
    ("\u{3164}\u{E0041}", "\\u{3164}\\u{E0041}"), ("\u{AD}", "\\u{AD}"),
    ("e\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}\\u{301}"),
  ])
  func `what a terminal would obey or hide is written out`(text: String, expected: String) {
    #expect(TerminalText.escaped(text) == expected)
  }

  @Test func `no control, format or separator character passes`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let escaped = TerminalText.escaped(String(scalar))
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        if escaped.unicodeScalars.contains(scalar) { Issue.record("U+\(value) passes") }
      case .lowercaseLetter, .uppercaseLetter, .decimalNumber:
        if escaped != String(scalar) { Issue.record("U+\(value) is escaped") }
      default: break
      }
    }
  }

  @Test(
    arguments: [
      ("a", 1), ("é", 1), ("名", 2), ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("한", 2), ("\u{301}", 0),
      ("→", 1), ("─", 1), ("🇩", 1), ("⚡", 2), ("𠀀", 2),
    ] as [(Unicode.Scalar, Int)])
  func `wide characters take two columns and marks none`(scalar: Unicode.Scalar, width: Int) {
    #expect(scalar.columnWidth == width)
  }

  @Test func `long names are shortened in messages`() {
    #expect(QuotedName.of("build") == "'build'")
    let long = String(repeating: "x", count: 61)
    #expect(QuotedName.of(long) == "'\(String(repeating: "x", count: 60))…'")
  }
}
