import Testing

@testable import FlowEngine

struct LineAssemblerTests {
  /// Cuts a text as it comes in these parts.
  private func chunks(_ parts: [[UInt8]], pieceLength: Int = 1 << 16) -> [String] {
    var assembler = LineAssembler(stream: .standardOutput, pieceLength: pieceLength)
    var texts: [String] = []
    for part in parts {
      part.withUnsafeBytes { assembler.append($0) { texts.append($0.text) } }
    }
    assembler.finish { texts.append($0.text) }
    return texts
  }

  @Test(arguments: [
    ("", ""), ("a", "a"), ("a\n", "a\n"), ("\n\n", "\n\n"), ("a\r\nb\r\n", "a\nb\n"),
    ("\r\n\r\n", "\n\n"), ("1%\r2%\r3%\n", "1%\n2%\n3%\n"), ("a\r\r\nb", "a\nb"), ("\ra", "a"),
    ("a\n\r\nb", "a\n\nb"), ("a\r\n\nb", "a\n\nb"),
  ])
  func `line ends are normalised wherever the text is split`(_ input: String, _ expected: String) {
    let bytes = Array(input.utf8)
    for first in 0...bytes.count {
      for second in first...bytes.count {
        let parts = [bytes[..<first], bytes[first..<second], bytes[second...]].map(Array.init)
        #expect(chunks(parts).joined() == expected, "split at \(first) and \(second)")
      }
    }
  }

  @Test(arguments: 4...9) func `no character is cut`(_ pieceLength: Int) {
    let text = "aé€😀".repeated(50)
    let pieces = chunks([Array(text.utf8)], pieceLength: pieceLength)
    #expect(pieces.joined() == text)
    #expect(pieces.allSatisfy { $0.utf8.count <= pieceLength })
  }

  @Test func `whole lines come together, a partial one is held back`() {
    #expect(chunks([Array("a\nb\nc".utf8), Array("d\n".utf8)]) == ["a\nb\n", "cd\n"])
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `any bytes in any parts give the same text`(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let alphabet: [UInt8] = [10, 13, 97, 98, 0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80, 0xFF, 0]
    let bytes = (0..<Int(random.next() % 60)).map { _ in
      alphabet[Int(random.next() % UInt64(alphabet.count))]
    }
    var parts: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = 1 + Int(random.next() % 7)
      parts.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    #expect(chunks(parts).joined() == chunks([bytes]).joined())
    let small = chunks(parts, pieceLength: 5)
    #expect(small.joined().filter { $0 == "\n" } == chunks([bytes]).joined().filter { $0 == "\n" })
  }

  @Test func `lines of a chunk are without their ends`() {
    let chunk = { OutputChunk(stream: .standardOutput, text: $0) }
    #expect(chunk("a\n\nb\n").lines == ["a", "", "b"])
    #expect(chunk("a\nb").lines == ["a", "b"])
    #expect(chunk("a\nb").endsInsideLine)
    #expect(!chunk("a\n").endsInsideLine)
  }
}

struct CapturedOutputTests {
  private func captured(
    _ retention: OutputLimits.Retention, _ text: String, step: Int
  ) -> CapturedOutput {
    var output = CapturedOutput(retention: retention)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      Array(rest.prefix(step)).withUnsafeBytes { output.append($0) }
      rest = rest.dropFirst(step)
    }
    return output
  }

  @Test(arguments: 1...12) func `the right end is kept, however it comes`(_ step: Int) {
    let text = "0123456789"
    for limit in 0...11 {
      let tail = captured(.tail(limit: limit), text, step: step)
      #expect(tail.text == String(text.suffix(limit)))
      let whole = captured(.whole(limit: limit), text, step: step)
      #expect(whole.text == String(text.prefix(limit)))
      #expect(tail.totalCount == 10 && whole.totalCount == 10)
      #expect(tail.isTruncated == (limit < 10) && whole.isTruncated == (limit < 10))
    }
  }

  @Test func `a character that was cut is left out`() {
    #expect(captured(.tail(limit: 3), "€é", step: 1).text == "é")
    #expect(captured(.tail(limit: 5), "€é", step: 5).text == "€é")
  }
}

extension String {
  func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}

/// A seeded generator.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
