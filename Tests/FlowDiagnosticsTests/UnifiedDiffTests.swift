import FlowDiagnostics
import Testing

@Suite struct UnifiedDiffTests {
  @Test func `it is written as diff -u does`() {
    let old = (1...12).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 2\n", with: "two\n").replacing("line 12\n", with: "end")
    #expect(
      diff(old, new).text() == """
        --- f
        +++ f
        @@ -1,5 +1,5 @@
         line 1
        -line 2
        +two
         line 3
         line 4
         line 5
        @@ -9,4 +9,4 @@
         line 9
         line 10
         line 11
        -line 12
        +end
        \\ No newline at end of file

        """)
  }

  @Test func `of equal texts there is none`() {
    #expect(diff("a\n", "a\n").text() == "")
    #expect(diff("a\n", "a\n").isEmpty)
  }

  @Test(arguments: [("", "a\nb\n"), ("a\n", ""), ("a", "a\n"), ("a\r\nb\r\n", "a\r\nx\r\nb\r\n")])
  func `texts at the edge can be patched`(old: String, new: String) {
    #expect(patched(old, by: diff(old, new).text()) == new)
  }

  @Test(arguments: 0..<300)
  func `patching the old text gives the new one`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func line() -> String { "abcd".randomElement(using: &random).map { "\($0)\n" } ?? "" }
    let old = (0..<Int.random(in: 0...40, using: &random)).map { _ in line() }
    var new = old
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let place = Int.random(in: 0...new.count, using: &random)
      if Bool.random(using: &random), place < new.count {
        new.remove(at: place)
      } else {
        new.insert(line(), at: place)
      }
    }
    let text = diff(old.joined(), new.joined()).text()
    #expect(patched(old.joined(), by: text) == new.joined(), "seed \(seed)\n\(text)")
  }

  private func diff(_ old: String, _ new: String) -> UnifiedDiff {
    UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8), file: "f")
  }

  /// What `patch` makes of a text: strict, so that each number and each line of context must fit.
  private func patched(_ text: String, by diff: String) -> String? {
    let old = lines(of: text)
    var new: [String] = []
    var position = 0
    var rest = lines(of: diff)[...].dropFirst(2)
    while let header = rest.popFirst() {
      let numbers = header.split { !"0123456789,".contains($0) }.map {
        $0.split(separator: ",").compactMap { Int($0) }
      }
      guard header.hasPrefix("@@ "), numbers.count == 2 else { return nil }
      var counts = numbers.map { $0.count > 1 ? $0[1] : 1 }
      let start = numbers[0][0] - (counts[0] == 0 ? 0 : 1)
      guard start >= position else { return nil }
      new += old[position..<start]
      guard new.count == numbers[1][0] - (counts[1] == 0 ? 0 : 1) else { return nil }
      position = start
      while counts[0] > 0 || counts[1] > 0, var line = rest.popFirst() {
        let mark = line.removeFirst()
        if rest.first?.hasPrefix("\\") == true {
          line.removeLast()
          rest = rest.dropFirst()
        }
        if mark != "+" {
          guard position < old.count, old[position] == line else { return nil }
          position += 1
          counts[0] -= 1
        }
        if mark != "-" {
          new.append(line)
          counts[1] -= 1
        }
      }
      guard counts == [0, 0] else { return nil }
    }
    return (new + old[position...]).joined()
  }

  private func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      line.append(scalar)
      if scalar == "\n" {
        lines.append(String(line))
        line = String.UnicodeScalarView()
      }
    }
    return line.isEmpty ? lines : lines + [String(line)]
  }
}
