import FlowDiagnostics
import Testing

@Suite struct SuggestionTests {
  @Test(
    arguments: [
      ("digset", ["version", "digest", "previous"], "digest"),
      ("requries", ["requires", "retry", "revert"], "requires"),
      ("taks", ["task", "tasks"], "task"),
      ("DIGEST", ["digest", "DIGESTS"], "digest"),
      ("build_sen", ["build-seen", "build_seen"], "build_seen"),
      ("verzion", ["größe", "version"], "version"),
      ("grosse", ["größe", "version"], nil),
      ("x", ["y", "xy", "a"], "a"),
      ("replicas", ["version", "digest"], nil),
      ("", ["a"], nil),
      ("same", ["same"], nil),
      ("same", ["same", "sane", "some"], "sane"),
    ] as [(String, [String], String?)])
  func `the nearest name is suggested, if one is near`(
    name: String, candidates: [String], expected: String?
  ) {
    #expect(Suggestion.nearest(to: name, among: candidates) == expected)
    #expect(Suggestion.nearest(to: name, among: candidates.reversed()) == expected)
  }

  @Test func `on all short words it agrees with the definition`() {
    let letters = ["a", "b", "c"]
    var words = [""]
    for _ in 0..<4 { words += words.flatMap { word in letters.map { word + $0 } } }
    words = Array(Set(words)).sorted()
    for name in words where name.count >= 3 {
      let near = words.filter { $0 != name && !$0.isEmpty && distance(name, $0) <= 1 }.min()
      #expect(Suggestion.nearest(to: name, among: words) == near)
    }
  }

  @Test func `very many and very long candidates cost no more than a bound`() {
    let names = (0..<200_000).lazy.map { "candidate-number-\($0)" }
    #expect(Suggestion.nearest(to: "candidate-number-9", among: names) == "candidate-number-0")
    let long = String(repeating: "x", count: 1 << 20)
    #expect(Suggestion.nearest(to: long, among: [long + "y"]) == nil)
    #expect(Suggestion.nearest(to: "xx", among: [long]) == nil)
  }

  /// Optimal string alignment by its definition.
  private func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left)
    let b = Array(right)
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        if i == 0 || j == 0 {
          table[i][j] = i + j
          continue
        }
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        var value = min(table[i - 1][j - 1] + cost, table[i - 1][j] + 1, table[i][j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          value = min(value, table[i - 2][j - 2] + 1)
        }
        table[i][j] = value
      }
    }
    return table[a.count][b.count]
  }
}
