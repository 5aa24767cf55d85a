import FlowDiagnostics
import Foundation
import TaskFlow
import Testing

/// What holds of the form of every document.
@Suite struct FormattingLawTests {
  private static let paths: [String] = [
    "/Documents/ok", "/Documents/err", "/Fixtures/ok", "/Fixtures/err", "/../samples",
  ].flatMap { folder -> [String] in
    let path = DocumentTable.tests + folder
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".flow.yaml") }.sorted().map { "\(path)/\($0)" }
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  /// Formats twice, and gives the text unless the document is refused for what the reader finds.
  private func form(_ bytes: [UInt8], _ name: String) -> [UInt8]? {
    switch DocumentFormatter.format(bytes: bytes, file: name) {
    case .formatted(let text):
      let again = DocumentFormatter.format(bytes: text, file: name)
      if again != .formatted(text) {
        Issue.record(
          "\(name): another form the second time\n\(String(decoding: text, as: UTF8.self))")
      }
      return text
    case .json: return nil
    case .refused(let findings):
      let (tree, found) = DocumentReader.parse(bytes: bytes, file: name)
      let isReadable = found.isEmpty && tree?.root.kind == .mapping
      if isReadable || findings.isEmpty {
        Issue.record(
          "\(name) is refused: \(findings.map(\.message))\n\(String(decoding: bytes, as: UTF8.self))"
        )
      }
      return nil
    case .lost:
      Issue.record("\(name): the meaning is lost\n\(String(decoding: bytes, as: UTF8.self))")
      return nil
    }
  }

  @Test func `there are documents`() { #expect(Self.paths.count > 25) }

  @Test(arguments: paths)
  func `a document keeps its values, and its form is its own form`(path: String) throws {
    let bytes = try bytes(path)
    guard let text = form(bytes, path) else { return }
    let before = try #require(DocumentReader.parse(bytes: bytes, file: path).tree)
    let after = try #require(DocumentReader.parse(bytes: text, file: path).tree)
    #expect(after.hasSameValues(as: before))
    #expect(!text.contains(UInt8(ascii: "\r")) && text.last == UInt8(ascii: "\n"))
  }

  @Test(arguments: paths)
  func `the order of keys and spaces make no difference`(path: String) throws {
    let bytes = try bytes(path)
    guard let tree = DocumentReader.parse(bytes: bytes, file: path).tree,
      let name = path.split(separator: "/").last, name != "anchors.flow.yaml",
      FlowDocument.read(bytes: bytes, path: path).findings.isEmpty
    else { return }
    var forms: Set<[UInt8]> = []
    for seed in UInt64(0)..<40 {
      var layout = RandomLayout(seed: seed, isRich: false)
      let text = layout.text(of: tree.root)
      guard let form = form(Array(text.utf8), "\(name) with seed \(seed)") else { continue }
      forms.insert(form)
    }
    #expect(forms.count <= 1, "\(forms.map { String(decoding: $0, as: UTF8.self) })")
  }

  @Test(arguments: paths)
  func `documents written in any way keep values and comments`(path: String) throws {
    let bytes = try bytes(path)
    guard let tree = DocumentReader.parse(bytes: bytes, file: path).tree else { return }
    for seed in UInt64(1_000)..<1_060 {
      var layout = RandomLayout(seed: seed, isRich: true)
      let text = Array(layout.text(of: tree.root).utf8)
      guard let form = form(text, "\(path) with seed \(seed)") else { continue }
      #expect(comments(form) == comments(text), "seed \(seed)")
    }
  }

  /// The comments that the layouts have, found by what they say.
  private func comments(_ text: [UInt8]) -> [String] {
    String(decoding: text, as: UTF8.self).matches(of: /#(?: comment|behind) \d+/)
      .map { String($0.0) }.sorted()
  }
}
