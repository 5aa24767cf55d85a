import FlowDiagnostics
import Testing

@Suite struct FixedTextTests {
  @Test func `what no fix is about stays, byte for byte`() {
    let text = "\u{FEFF}a: no # why\r\nb: é no\r\n"
    let fixed = FixedText(
      Array(text.utf8),
      applying: [fix(2, 6, 2, 8, "'no'"), fix(1, 4, 1, 6, "'no'"), fix(2, 1, 2, 1, "# new\n")])
    #expect(
      String(decoding: fixed.bytes, as: UTF8.self)
        == "\u{FEFF}a: 'no' # why\r\n# new\r\nb: é 'no'\r\n")
    #expect(fixed.fixCount == 3)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a line that is added ends as the others do`(lineEnd: String) {
    let text = ["a", "b", ""].joined(separator: lineEnd)
    let fixed = FixedText(Array(text.utf8), applying: [fix(2, 1, 2, 1, "x\ny\n")])
    let expected = ["a", "x", "y", "b", ""].joined(separator: lineEnd)
    #expect(fixed.bytes == Array(expected.utf8))
  }

  @Test func `of fixes that overlap the first is made, and whole or not at all`() {
    let two = Fix(
      "two", isSafe: true,
      edits: [edit(1, 1, 1, 2, "A"), edit(1, 5, 1, 6, "E")])
    let inside = fix(1, 3, 1, 4, "C")
    let fixed = FixedText(Array("abcdef".utf8), applying: [inside, two, two])
    #expect(String(decoding: fixed.bytes, as: UTF8.self) == "AbcdEf")
    #expect(fixed.fixCount == 1)
    let crossed = Fix(
      "crossed", isSafe: true, edits: [edit(1, 1, 1, 4, "x"), edit(1, 3, 1, 5, "y")])
    #expect(FixedText(Array("abcdef".utf8), applying: [crossed]).fixCount == 0)
  }

  @Test func `places behind the end are the end`() {
    let fixed = FixedText(
      Array("ab\ncd".utf8), applying: [fix(1, 9, 1, 9, "!"), fix(2, 2, 7, 1, "")])
    #expect(String(decoding: fixed.bytes, as: UTF8.self) == "ab!\nc")
  }

  @Test(arguments: 0..<300)
  func `fixes give what edits made one by one from the end give`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabet: [Unicode.Scalar] = ["a", "é", "字", "😀", " ", "#", "\n", "\n"]
    let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
    }
    // Edits between places in order can't overlap.
    let places = Set((0..<8).map { _ in Int.random(in: 0...text.count, using: &random) }).sorted()
    var fixes: [Fix] = []
    var expected = text
    var edits: [(range: Range<Int>, replacement: [Unicode.Scalar])] = []
    for index in stride(from: 0, to: places.count - 1, by: 2) {
      let range = places[index]..<places[index + 1]
      let replacement = Array(
        ["", "x", "字\n", "\n\n"].randomElement(using: &random)!.unicodeScalars)
      edits.append((range, replacement))
      var view = String.UnicodeScalarView()
      view.append(contentsOf: replacement)
      fixes.append(
        Fix(
          "", isSafe: true,
          edits: [
            Fix.Edit(
              from: position(range.lowerBound, in: text), to: position(range.upperBound, in: text),
              replacement: String(view))
          ]))
    }
    for (range, replacement) in edits.reversed() {
      expected.replaceSubrange(range, with: replacement)
    }
    fixes.shuffle(using: &random)
    let fixed = FixedText(bytes(of: text), applying: fixes)
    #expect(fixed.bytes == bytes(of: expected), "seed \(seed)")
    #expect(fixed.fixCount == fixes.count, "seed \(seed)")
  }

  private func bytes(of scalars: [Unicode.Scalar]) -> [UInt8] {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return Array(String(view).utf8)
  }

  private func position(_ offset: Int, in text: [Unicode.Scalar]) -> Fix.Position {
    let before = text[..<offset]
    let line = before.count { $0 == "\n" } + 1
    let start = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    return Fix.Position(line: line, column: offset - start + 1)
  }

  private func edit(
    _ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int, _ replacement: String
  ) -> Fix.Edit {
    Fix.Edit(
      from: Fix.Position(line: line, column: column),
      to: Fix.Position(line: endLine, column: endColumn), replacement: replacement)
  }

  private func fix(
    _ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int, _ replacement: String
  ) -> Fix {
    Fix("", isSafe: true, edits: [edit(line, column, endLine, endColumn, replacement)])
  }
}
