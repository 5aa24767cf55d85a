import FlowDiagnostics
import TaskFlow

extension LintedDocument {
  /// The hidden characters of the file with their places, equal ones in a row as one.
  ///
  /// - Complexity: O(length of the file).
  var hiddenCharacters: [(character: HiddenCharacter, span: SourceSpan)] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return [] }
    var found: [(character: HiddenCharacter, span: SourceSpan)] = []
    var line = 1
    var column = 0
    var last: Unicode.Scalar?
    var rest = text.unicodeScalars[...]
    // A byte order mark is no part of the first line.
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    while let scalar = rest.popFirst() {
      column += 1
      if scalar == "\n" || scalar == "\r" {
        if scalar == "\n" || rest.first != "\n" { line += 1 }
        column = 0
      } else if let hidden = HiddenCharacter(scalar, after: last, before: rest.first) {
        let span = SourceSpan(file: tree.file, line: line, column: column)
        if scalar == last, let before = found.last, before.span.line == line,
          before.span.column + before.span.length == column
        {
          found[found.count - 1].span.length += 1
        } else {
          found.append((hidden, span))
        }
      }
      last = scalar
    }
    return found
  }
}
