package import FlowDiagnostics

extension DocumentNode {
  /// The place of a part of a scalar's text, for findings about an expression or pattern in it.
  ///
  /// It is exact, also in blocks, folded lines and behind escapes; of a part of several lines it is the
  /// first of them. What is at an alias, and what is no scalar, is the whole node.
  ///
  /// - Parameter range: positions in ``text``, in Unicode scalars.
  /// - Complexity: O(length of the text) unless that is written in one line without escapes; the first such
  ///   question about a file takes one pass over it.
  package func span(ofCharacters range: Range<Int>) -> SourceSpan {
    let record = record
    guard record.kind == .scalar, !isAlias else { return span }
    if record.traits.contains(.verbatim) { return verbatimSpan(range, of: record) }
    if let indentation = storage.indentations[index] {
      return literalSpan(range, of: record, indentation: Int(indentation))
    }
    return walkedSpan(range, of: record)
  }

  private func walkedSpan(_ range: Range<Int>, of record: NodeRecord) -> SourceSpan {
    guard let text, var walk = ScalarWalk(of: record, in: storage.source) else { return span }
    var first: ScalarWalk.Place?
    var last: ScalarWalk.Place?
    for (position, scalar) in text.unicodeScalars.enumerated() {
      if position >= range.upperBound, first != nil { break }
      let place = walk.place(of: scalar)
      if first == nil, position < range.lowerBound {
        last = place
        continue
      }
      if let first, place.line != first.line { break }
      first = first ?? place
      last = place
    }
    guard let last else { return span }
    let start = first ?? ScalarWalk.Place(line: last.line, column: last.column + last.width)
    return SourceSpan(
      file: storage.file, line: start.line, column: start.column,
      length: last.column + last.width - start.column)
  }

  private func verbatimSpan(_ range: Range<Int>, of record: NodeRecord) -> SourceSpan {
    let quote = record.style == .plain ? 0 : 1
    let count = Int(record.length) - 2 * quote
    let lower = min(max(0, range.lowerBound), count)
    let upper = min(max(lower, range.upperBound), count)
    return SourceSpan(
      file: storage.file, line: Int(record.line), column: Int(record.column) + quote + lower,
      length: upper - lower)
  }

  private func literalSpan(
    _ range: Range<Int>, of record: NodeRecord, indentation: Int
  ) -> SourceSpan {
    var line = 0
    var column = 0
    var position = 0
    var length = 0
    for byte in storage.text[record.range] where byte & 0xC0 != 0x80 {
      let isLineEnd = byte == 0x0A
      if position >= range.lowerBound {
        if isLineEnd || position >= range.upperBound { break }
        length += 1
      } else if isLineEnd {
        line += 1
        column = 0
      } else {
        column += 1
      }
      position += 1
    }
    return SourceSpan(
      file: storage.file, line: Int(record.line) + 1 + line, column: indentation + column + 1,
      length: length)
  }
}
