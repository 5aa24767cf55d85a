import FlowDiagnostics
import Foundation
import TaskFlow
import Testing

/// Changed bytes of real documents never crash, and always give a document or findings.
@Suite struct DocumentMutationTests {
  private static let pieces = [
    "[", "]", "{", "}", ": ", "- ", "\n", "'", "\"", "*d", "&d ", "!x ", "|", "#", "<<", "---\n",
    "task: ", "flow: ", "linear:", "graph:", "run: ", "set: ", "retry: ", "times: ", "matrix: ",
    "after: ", "provides: ", "revert: ", "when: ", "${{ ", " }}", "null", "true", "0", "-1", "1e9",
    "9223372036854775808", "\u{0}", "é", "\u{FEFF}", "\u{202E}", "name: ", ", ",
  ]

  private static let samples: [[UInt8]] = {
    let paths =
      ["deploy", "vm-boot", "daily-import"].map { "\(DocumentTable.samples)/\($0).flow.yaml" }
      + ["every-key", "json"].map { "\(DocumentTable.tests)/Documents/ok/\($0).flow.yaml" }
    return paths.compactMap { path in
      (try? Data(contentsOf: URL(filePath: path))).map { Array($0) }
    }
  }()

  @Test(arguments: 0..<5)
  func `two thousand mutations of five documents give an answer`(sample: Int) throws {
    let sample = try #require(Self.samples.count == 5 ? Self.samples[sample] : nil)
    for seed in UInt64(0)..<400 {
      var random = FuzzGenerator(seed: seed)
      var bytes = sample
      for _ in 0...Int.random(in: 0..<5, using: &random) { Self.mutate(&bytes, &random) }
      let reading = FlowDocument.read(bytes: bytes, path: "f")
      if reading.document == nil, reading.findings.isEmpty {
        Issue.record("seed \(seed): neither document nor finding")
      }
      let compilation = reading.compile()
      if compilation?.plan == nil, reading.allFindings.isEmpty {
        Issue.record("seed \(seed): neither plan nor finding")
      }
      for finding in reading.allFindings where finding.message.isEmpty || finding.span.file != "f" {
        Issue.record("seed \(seed): \(finding)")
      }
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout FuzzGenerator) {
    let at = Int.random(in: 0..<max(1, bytes.count), using: &random)
    let end = min(bytes.count, at + Int.random(in: 0..<20, using: &random))
    let piece = Array(pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(at..<end)
    case 1: bytes.replaceSubrange(at..<end, with: piece)
    case 2: bytes.insert(contentsOf: piece, at: at)
    case 3: bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
    default: swapLines(&bytes, &random)
    }
  }

  private static func swapLines(_ bytes: inout [UInt8], _ random: inout FuzzGenerator) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(
      Int.random(in: 0..<lines.count, using: &random),
      Int.random(in: 0..<lines.count, using: &random))
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}
