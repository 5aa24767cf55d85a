import FlowDiagnostics

extension DocumentBuilder {
  /// Reports what is behind the document's end, if it is more than comments.
  ///
  /// - Parameter isEnded: whether the document ended with `...`.
  ///
  /// It is looked at as bytes, since reading on would let libyaml in for all that the file has.
  mutating func checkRest(from mark: YAMLMark, isEnded: Bool) {
    guard let offset = lines.offset(line: mark.line, column: mark.column) else { return }
    var line = mark.line
    var start = offset
    var isEnded = isEnded
    while let range = lines.range(ofLine: line) {
      let rest = bytes[max(start, range.lowerBound)..<range.upperBound]
      if let first = Self.content(of: rest) {
        let column = bytes[range.lowerBound..<first].reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 }
        let place = SourceSpan(file: file, line: line + 1, column: column + 1)
        isEnded = isEnded || bytes[first..<range.upperBound].starts(with: "---".utf8)
        stopBehindEnd(at: place, isDocument: isEnded)
        return
      }
      isEnded = isEnded || rest.starts(with: "...".utf8)
      line += 1
      start = 0
    }
  }

  private mutating func stopBehindEnd(at place: SourceSpan, isDocument: Bool) {
    if isDocument {
      let help = "write one document in a file"
      stop("yaml-syntax", "a second document begins here", at: place, help: help)
    } else {
      let help = "align it with the first line above that it belongs to"
      stop("yaml-syntax", "text that is no part of what is above", at: place, help: help)
    }
  }

  /// Where a line has more than white space, a comment or the end mark `...`.
  private static func content(of line: ArraySlice<UInt8>) -> Int? {
    var rest = line
    if rest.starts(with: "...".utf8) { rest = rest.dropFirst(3) }
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
    return rest.startIndex
  }
}
