import CLibYAML
import FlowDiagnostics

extension DocumentBuilder {
  /// A scalar as libyaml's event has it.
  typealias ScalarData = yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar

  mutating func addScalar(_ data: ScalarData, from start: YAMLMark, to end: YAMLMark) {
    var record = NodeRecord()
    record.style = Self.style(of: data.style)
    let content = UnsafeBufferPointer(start: data.value, count: data.length)
    let start = content.isEmpty ? withinFile(start) : start
    let end = content.isEmpty ? withinFile(end) : end
    record.start = Int32(text.count)
    record.count = Int32(content.count)
    place(&record, content: content, isAnchored: data.anchor != nil, from: start, to: end)
    if content.count > limits.scalarSize {
      let size = ByteSize.phrase(limits.scalarSize)
      stop("input-limit", "the text is over \(size)", at: record.span(in: file))
      return
    }
    text.append(contentsOf: content)
    if data.tag != nil { reportTag(at: start) }
    let isQuoted = record.style == .singleQuoted || record.style == .doubleQuoted
    if isQuoted, start.line != end.line { lastWideQuote = (start, end) }
    guard let node = add(record, at: start) else { return }
    if record.style == .literal {
      indentations[node] = indentation(of: content, below: start.line)
    }
    if end.line != start.line {
      ends[node] = DocumentPosition(line: end.line + 1, column: end.column + 1)
    }
    if isAtKey, record.style == .plain, content.elementsEqual("<<".utf8) {
      report(
        "yaml-syntax", "merge key '<<' is not supported", at: record.span(in: file),
        help: "write the keys out, or put '<<' in quotes if it is a name")
    }
    finish(node, from: start, to: end)
    if let anchor = data.anchor, admitAnchor(at: start) {
      anchors.define(String(cString: anchor), node: node, size: end.index - start.index, height: 0)
    }
  }

  /// The end of the last line for a mark behind it: libyaml ends a last line that has no line feed.
  private mutating func withinFile(_ mark: YAMLMark) -> YAMLMark {
    guard mark.column == 0, mark.line > 0, lines.range(ofLine: mark.line) == nil,
      let last = lines.length(ofLine: mark.line - 1)
    else { return mark }
    var end = mark
    (end.line, end.column) = (mark.line - 1, last.all)
    return end
  }

  /// Whether the next node is a key.
  var isAtKey: Bool {
    guard let last = frames.indices.last, frames[last].isMapping else { return false }
    return (pending.count - frames[last].base) % 2 == 0
  }

  /// Sets a scalar's place: its text alone where that is exact, without an anchor in front of it.
  private mutating func place(
    _ record: inout NodeRecord, content: UnsafeBufferPointer<UInt8>, isAnchored: Bool,
    from start: YAMLMark, to end: YAMLMark
  ) {
    let span = span(from: start, to: end)
    record.line = Int32(span.line)
    record.column = Int32(span.column)
    record.length = Int32(span.length)
    let isInOneLine = start.line == end.line && end.column > start.column
    guard isInOneLine, record.style != .literal, record.style != .folded else { return }
    let quotes = record.style == .plain ? 0 : 2
    let count = content.reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 } + quotes
    if isAnchored, count > 0, count < end.column - start.column, quotes == 0 {
      record.column = Int32(end.column - count + 1)
      record.length = Int32(count)
    }
    // Every escape makes the text shorter than its source, so equal lengths mean that there is
    // none.
    if count == Int(record.length) { record.traits.insert(.verbatim) }
  }

  /// How far the lines of a literal block are indented: the first one with text tells.
  private mutating func indentation(
    of content: UnsafeBufferPointer<UInt8>, below header: Int
  ) -> Int32? {
    let blank = content.prefix { $0 == 0x0A }.count
    let first = content.dropFirst(blank).prefix { $0 != 0x0A }
    guard !first.isEmpty, let all = lines.length(ofLine: header + 1 + blank)?.all else {
      return nil
    }
    let count = first.reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 }
    return all >= count ? Int32(all - count) : nil
  }

  private static func style(of style: yaml_scalar_style_t) -> DocumentNode.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  /// Reports the tag of the node that begins here.
  mutating func reportTag(at mark: YAMLMark) {
    var column = mark.column
    var length = 1
    if let range = lines.range(ofLine: mark.line),
      let offset = lines.offset(line: mark.line, column: mark.column),
      let tag = bytes[offset..<range.upperBound].firstIndex(of: UInt8(ascii: "!"))
    {
      column += bytes[offset..<tag].reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 }
      let rest = bytes[tag..<range.upperBound]
      length = rest.prefix { !" \t,[]{}".utf8.contains($0) && $0 < 0x80 }.count
    }
    report(
      "yaml-syntax", "tags are not supported",
      at: SourceSpan(file: file, line: mark.line + 1, column: column + 1, length: length),
      help: "remove the tag; quotes make text of a number", leavesHole: false)
  }
}
