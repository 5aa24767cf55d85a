import FlowDiagnostics
import TaskFlow

/// The comments that allow what is found in a file, each as a fix that adds its line.
struct AddedAllows {
  let fixes: [Fix]

  /// - Complexity: O(n log n) in the number of findings, and one pass over the text.
  init(_ findings: [Finding], of reading: FlowDocument.Reading, path: String, reason: String) {
    guard let tree = reading.tree else {
      fixes = []
      return
    }
    let blocks = tree.longScalars.map(\.lines)
    var rules: [Int: Set<String>] = [:]
    for finding in findings where finding.span.file == path {
      guard let rule = RuleCatalog.lint[finding.rule], !LintRule.keepsFromRunning(finding)
      else { continue }
      let line = finding.span.line
      rules[blocks.header(ofLine: line) ?? line, default: []].insert(rule.id)
    }
    let indentations = Self.indentations(ofLines: Set(rules.keys), in: reading.text)
    fixes = rules.sorted { $0.key < $1.key }.map { line, ids in
      let names = ids.sorted().joined(separator: ", ")
      let place = Fix.Position(line: line, column: 1)
      let text =
        (indentations[line] ?? "") + "# tfgraph: allow[\(names)] \(Self.line(reason))\n"
      return Fix(
        "allow it", isSafe: true, edits: [Fix.Edit(from: place, to: place, replacement: text)])
    }
  }

  /// A reason as it can stand in a comment.
  private static func line(_ reason: String) -> String {
    reason.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// The white space in front of each of these lines.
  private static func indentations(ofLines lines: Set<Int>, in text: String) -> [Int: String] {
    var result: [Int: String] = [:]
    var number = 1
    var start: String.UTF8View.Index? = text.utf8.startIndex
    if text.unicodeScalars.first == "\u{FEFF}" {
      start = text.utf8.index(text.utf8.startIndex, offsetBy: 3)
    }
    var last: UInt8 = 0
    func note(upTo end: String.UTF8View.Index) {
      guard let from = start, lines.contains(number) else { return }
      result[number] = String(text[from..<end])
    }
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if byte == 0x0D || byte == 0x0A {
        if byte == 0x0A, last == 0x0D {
          start = text.utf8.index(after: index)
        } else {
          note(upTo: index)
          number += 1
          start = text.utf8.index(after: index)
        }
      } else if byte != 0x20, byte != 0x09, let from = start, from <= index {
        note(upTo: index)
        start = nil
      }
      last = byte
    }
    return result
  }
}
