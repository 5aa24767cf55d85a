import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DocumentFuzzTests {
  private static let sample = """
    # yaml-language-server: $schema=./flow.schema.json
    tfgraph: 1
    flow: deploy
    inputs:
      version:  { type: string, pattern: '^\\d+\\.\\d+$', description: "Version \\u00e9" }
      replicas: { type: int, default: 3 }
    defaults: &d { timeout: 15m, retry: [1, 2] }
    linear:
      - task: build
        run: |
          ./ops/build.sh "$version" >&2
          ./ops/digest.sh
        provides: digest   # größe 名前 😀
        revert: { run: './ops/remove-image.sh "$version"' }
      - flow: rollout
        linear:
          - task: canary
            text: >-
              folded
              text
            again: *d
    """

  /// A small generator, so that a failure can be repeated by its seed.
  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test func `two thousand mutations give a tree or a finding, with places in the text`() {
    let sample = Array(Self.sample.utf8)
    let pieces = [
      "[", "]", "{", "}", ": ", "- ", "? ", "\n", "\t", "'", "\"", "*d", "&d ", "!x ", "|", ">",
      "#",
      "%", "\\", "<<", "---\n", "...\n", "\r", "\u{0}", "é", "\u{FEFF}", "\u{2028}", "  ", ",",
    ]
    for seed in UInt64(0)..<2000 {
      var random = SplitMix(state: seed)
      var bytes = sample
      for _ in 0...Int.random(in: 0..<6, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, at + Int.random(in: 0..<12, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(at..<max(at, min(end, bytes.count - 1)))
        case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 2:
          bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: at)
        default: bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
        }
      }
      check(bytes, seed: seed)
    }
  }

  private func check(_ bytes: [UInt8], seed: UInt64) {
    let (tree, findings) = DocumentReader.parse(bytes: bytes, file: "f")
    if tree == nil, findings.isEmpty { Issue.record("seed \(seed): neither tree nor finding") }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
    let lineEnds = lines + bytes.count { $0 == 0x0D }
    var spans = findings.map(\.span)
    if let tree {
      var rest = [tree.root]
      while let node = rest.popLast() {
        spans.append(node.span)
        rest += node.items
        rest += node.entries.flatMap { [$0.key, $0.value] }
        _ = node.resolution
        spans.append(node.span(ofCharacters: 1..<3))
      }
      let (value, problems) = tree.root.flowValue()
      if value == nil, problems.isEmpty { Issue.record("seed \(seed): neither value nor finding") }
    }
    for span in spans where span.line > lineEnds || span.column > bytes.count + 1 {
      Issue.record("seed \(seed): \(span) is outside the text")
    }
    let again = DocumentReader.parse(bytes: bytes, file: "f")
    if again.findings != findings { Issue.record("seed \(seed): other findings the second time") }
    let texts = SourceTexts(["f": SourceText(bytes)])
    _ = TextFindingRenderer(sources: texts).text(for: findings)
  }
}
