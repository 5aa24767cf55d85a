import Foundation
import Testing

/// The sentences that tests are named by.
struct TestSentences {
  private var sources = ""

  /// The sentences of some test targets.
  init(of targets: [String]) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    for target in targets {
      let files = try #require(
        FileManager.default.enumerator(
          at: root.appending(path: target), includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        sources += try String(contentsOf: file, encoding: .utf8)
      }
    }
  }

  /// Whether there is a test of that name.
  func contains(_ sentence: String) -> Bool { sources.contains("func `\(sentence)`(") }
}
