import FlowDiagnostics
import TaskFlow

/// The comments of shell scripts in `run: |` that are for `tfgraph`.
struct ScriptComments {
  private(set) var comments: [DocumentComment] = []

  init(of document: LintedDocument, blocks: [(node: DocumentNode, lines: ClosedRange<Int>)]) {
    let literal = blocks.filter { $0.node.style == .literal }.map(\.lines)
    guard !literal.isEmpty else { return }
    let starts = Set(
      document.tree.allNodes.lazy.filter { $0.kind == .mapping && !$0.isAlias }.flatMap { node in
        node.entries.lazy.filter { $0.key.text == "run" && $0.value.style == .literal }
          .map(\.value.span.line)
      })
    let scripts = literal.filter { starts.contains($0.lowerBound) }
    var next = scripts.startIndex
    var number = 0
    // Line ends as the reader has them: LF, CR LF or CR.
    for line in document.text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd) {
      number += 1
      while next < scripts.count, scripts[next].upperBound < number { next += 1 }
      guard next < scripts.count else { return }
      if scripts[next].lowerBound < number { take(line, number, file: document.tree.file) }
    }
  }

  private mutating func take(_ line: Substring, _ number: Int, file: String) {
    let scalars = Array(line.unicodeScalars)
    guard let start = Self.comment(in: scalars) else { return }
    let gap = scalars[..<start].reversed().prefix { $0 == " " || $0 == "\t" }.count
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[(start + 1)...])
    comments.append(
      DocumentComment(
        text: String(text),
        span: SourceSpan(
          file: file, line: number, column: start + 1, length: scalars.count - start),
        gap: gap))
  }

  /// Where a comment begins in a line of a script: at a `#` that is no part of a word or of a quoted text.
  private static func comment(in line: [Unicode.Scalar]) -> Int? {
    var quote: Unicode.Scalar?
    var isEscaped = false
    for (index, scalar) in line.enumerated() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch scalar {
      case "\\" where quote != "'": isEscaped = true
      case "'", "\"":
        if quote == nil { quote = scalar } else if quote == scalar { quote = nil }
      case "#" where quote == nil:
        if index == 0 || line[index - 1] == " " || line[index - 1] == "\t" { return index }
      default: break
      }
    }
    return nil
  }
}

extension Character {
  /// Whether a line ends with it: LF, CR LF or CR.
  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r\n" || self == "\r" }
}
