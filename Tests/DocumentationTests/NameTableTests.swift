import Foundation
import Testing

/// The names that are put beside those of TaskFlow are names that there are.
struct NameTableTests {
  @Test func `each name beside one of TaskFlow is in the sources`() throws {
    let sources = Article.root.appending(path: "Sources")
    var words: Set<Substring> = ["tfgraph"]
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /[A-Za-z_]\w+/) { words.insert(match.output) }
    }
    let page = try String(
      contentsOf: sources.appending(path: "TaskFlow/TaskFlow.docc/ComingFromTaskFlow.md"),
      encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(rows.count > 40)
    for row in rows {
      let ours = row.split(separator: "|").dropFirst(2)
      for code in ours.joined(separator: " ").matches(of: /`([^`]+)`/) {
        for name in code.output.1.matches(of: /[A-Za-z_]\w+/) {
          #expect(words.contains(name.output), "\(name.output) in \(row)")
        }
      }
    }
  }
}
