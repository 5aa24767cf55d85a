import Testing

@testable import FlowDiagnostics

@Suite struct SourceTextTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func `every kind of line end counts once`(lineEnd: String) {
    let text = SourceText(["one", "", "three", "é4"].joined(separator: lineEnd))
    #expect(line(1, of: text) == "one")
    #expect(line(2, of: text) == "")
    #expect(line(3, of: text) == "three")
    #expect(line(4, of: text) == "é4")
    #expect(text.place(line: 5, column: 1) == nil)
  }

  @Test func `a byte order mark is no column`() {
    #expect(line(1, of: SourceText("\u{FEFF}a: 1")) == "a: 1")
  }

  @Test func `every place of a text with long and short lines is found`() throws {
    let lines = [3, 9000, 0, 1, 4095, 4096, 4097, 20_000, 2].map {
      String(repeating: "é", count: $0)
    }
    let text = SourceText(lines.joined(separator: "\n"))
    var offset = 0
    for (index, line) in lines.enumerated() {
      let count = line.unicodeScalars.count
      for column in stride(from: 1, through: count + 1, by: max(1, count / 50)) {
        let place = try #require(text.place(line: index + 1, column: column))
        #expect(place.offset == offset + 2 * (column - 1))
        #expect(place.column == column)
      }
      offset += 2 * count + 1
    }
  }

  @Test func `broken bytes are shown as replacement characters`() {
    let text = SourceText([0x61, 0xFF, 0x62])
    let excerpt = SourceExcerpt(
      of: SourceSpan(file: "f", line: 1, column: 2), in: text, width: 40)
    #expect(excerpt?.line == "a\u{FFFD}b")
    #expect(excerpt?.start == 1)
  }

  private func line(_ number: Int, of text: SourceText) -> String? {
    guard var place = text.place(line: number, column: 1) else { return nil }
    var result = ""
    while !text.isLineEnd(place) { result += text.character(at: &place) }
    return result
  }
}
