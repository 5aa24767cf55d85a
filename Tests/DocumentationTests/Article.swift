import Foundation

/// An article of a documentation catalog, with the blocks of code in it.
struct Article {
  var name: String
  var text: String

  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The articles of all catalogs, by path.
  static func all() throws -> [Article] {
    try ["TaskFlow", "FlowEngine", "FlowStoreSQLite"].flatMap { module in
      let folder = root.appending(path: "Sources/\(module)/\(module).docc")
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        .filter { $0.hasSuffix(".md") }
        .map { file in
          let url = folder.appending(path: file)
          return Article(name: file, text: try String(contentsOf: url, encoding: .utf8))
        }
    }
  }

  /// The fenced blocks of a language, each without its fences.
  func blocks(of language: String) -> [String] {
    var blocks: [String] = []
    var open: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = open {
        open = line == "```" ? nil : lines + [line]
        if line == "```" { blocks.append(lines.joined(separator: "\n")) }
      } else if line == "```\(language)" {
        open = []
      }
    }
    return blocks
  }

  /// The regions of the tests that are marked as snippets, less the indentation that their lines share.
  static func snippets() throws -> Set<String> {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    var snippets: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where file.hasSuffix("Snippets.swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      var open: [Substring]?
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let words = line.drop { $0 == " " }
        if words.hasPrefix("// snippet: ") {
          open = []
        } else if words == "// end snippet" {
          if let lines = open { snippets.insert(unindented(lines)) }
          open = nil
        } else {
          open?.append(line)
        }
      }
    }
    return snippets
  }

  private static func unindented(_ lines: [Substring]) -> String {
    let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { $0.dropFirst(indentation) }.joined(separator: "\n")
  }
}
