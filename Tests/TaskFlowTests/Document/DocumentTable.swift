import FlowDiagnostics
import Foundation
import TaskFlow

/// The documents of `Tests/Documents`: those in `ok` have no findings, those in `err` say in comments
/// which findings are expected in a line: `# ^ rule: beginning of the message @ text that is marked`,
/// several with `&&` between them.
struct DocumentTable {
  let folder: String

  var names: [String] {
    let all = try? FileManager.default.contentsOfDirectory(atPath: path)
    return (all ?? []).filter { $0.hasSuffix(".flow.yaml") }.sorted()
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path + "/" + name)))
  }

  private var path: String { Self.tests + "/Documents/" + folder }

  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardized.path

  static let samples = URL(filePath: tests).appending(path: "../samples").standardized.path
}

/// One finding that a line of a document announces.
struct ExpectedFinding: CustomStringConvertible {
  var line: Int
  var text: String
  var marked: String?

  var description: String { "line \(line): \(text)\(marked.map { " @ \($0)" } ?? "")" }

  static func all(in source: String) -> [ExpectedFinding] {
    var expected: [ExpectedFinding] = []
    for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      guard let start = line.range(of: "# ^ ") else { continue }
      for part in String(line[start.upperBound...]).components(separatedBy: " && ") {
        let pieces = part.components(separatedBy: " @ ")
        expected.append(
          ExpectedFinding(
            line: index + 1, text: pieces[0], marked: pieces.count > 1 ? pieces[1] : nil))
      }
    }
    return expected
  }

  func matches(_ finding: Finding, in lines: [Substring]) -> Bool {
    guard finding.span.line == line, "\(finding.rule): \(finding.message)".hasPrefix(text) else {
      return false
    }
    return marked == nil || marked == finding.marked(in: lines)
  }
}

extension Finding {
  /// The text that the span covers.
  func marked(in lines: [Substring]) -> String {
    let scalars = lines[span.line - 1].unicodeScalars.dropFirst(span.column - 1)
    return String(String.UnicodeScalarView(scalars.prefix(span.length)))
  }
}

extension FlowDocument.Reading {
  /// What reading and compiling find together.
  var allFindings: [Finding] { compile()?.findings ?? findings }
}

func read(_ source: String, path: String = "t.flow.yaml") -> FlowDocument.Reading {
  FlowDocument.read(bytes: Array(source.utf8), path: path)
}
