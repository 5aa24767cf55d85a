import CLibYAML
import FlowDiagnostics

extension DocumentBuilder {
  /// Begins a sequence or mapping.
  mutating func open(
    _ kind: DocumentNode.Kind, isFlow: Bool, anchor: UnsafeMutablePointer<UInt8>?,
    tag: UnsafeMutablePointer<UInt8>?, from start: YAMLMark, to end: YAMLMark
  ) {
    if frames.count >= limits.nesting {
      stop(
        "input-limit", "more than \(limits.nesting) lists and mappings inside each other",
        at: span(from: start, to: end))
      return
    }
    if tag != nil { reportTag(at: start) }
    var record = NodeRecord()
    record.kind = kind
    record.style = isFlow ? .flow : .block
    guard let node = add(record, at: start) else { return }
    if start.line != lastEnd.line { settleFirstLines() }
    lastEnd = (start.line, max(end.column, start.line == lastEnd.line ? lastEnd.column : 0))
    let name = anchor.map { String(cString: $0) }
    if let name, admitAnchor(at: start) { anchors.open(name, node: node) }
    frames.append(
      Frame(
        node: node, base: pending.count, line: start.line, column: start.column,
        index: start.index, isMapping: kind == .mapping, anchor: name))
  }

  /// Ends the innermost sequence or mapping.
  mutating func close(to end: YAMLMark) {
    guard let frame = frames.popLast() else { return }
    let node = Int(frame.node)
    let isFlow = nodes[node].style == .flow
    // A block ends for libyaml where the next thing begins; for people it ends with its last part.
    if isFlow { note(from: end, to: end) }
    let endColumn = frame.endColumn ?? lastEnd.column
    nodes[node].line = Int32(frame.line + 1)
    nodes[node].column = Int32(frame.column + 1)
    nodes[node].length = Int32(max(1, endColumn - frame.column))
    nodes[node].start = Int32(children.count)
    nodes[node].count = Int32(pending.count - frame.base)
    if frame.isMapping { checkKeys(pending[frame.base...]) }
    children.append(contentsOf: pending[frame.base...])
    pending.removeSubrange(frame.base...)
    pending.append(frame.node)
    if let last = frames.indices.last {
      frames[last].expansion += frame.expansion
      frames[last].height = max(frames[last].height, frame.height + 1)
    }
    if let anchor = frame.anchor {
      let size = end.index - frame.index + frame.expansion
      anchors.define(anchor, node: frame.node, size: size, height: frame.height + 1)
    }
  }

  /// Adds a node, or stops if there are too many.
  mutating func add(_ record: NodeRecord, at start: YAMLMark) -> Int32? {
    if nodes.count >= limits.nodes {
      stop(
        "input-limit", "more than \(limits.nodes) values in one file",
        at: SourceSpan(file: file, line: start.line + 1, column: start.column + 1))
      return nil
    }
    nodes.append(record)
    return Int32(nodes.count - 1)
  }

  /// Hands a scalar or alias to the collection that it is in.
  mutating func finish(_ node: Int32, from start: YAMLMark, to end: YAMLMark) {
    note(from: start, to: end)
    pending.append(node)
  }

  /// Remembers the end of something, for the spans of the collections around it.
  private mutating func note(from start: YAMLMark, to end: YAMLMark) {
    if start.line != lastEnd.line {
      settleFirstLines()
      lastEnd = (start.line, 0)
    }
    if end.line == start.line {
      lastEnd.column = max(lastEnd.column, end.column)
    } else {
      lastEnd.column = lines.length(ofLine: start.line)?.trimmed ?? lastEnd.column
      settleFirstLines()
      lastEnd = (end.line, end.column)
    }
  }

  /// Sets where the first lines end of those that began in the line that is left now.
  private mutating func settleFirstLines() {
    for index in frames.indices.reversed() {
      if frames[index].line != lastEnd.line || frames[index].endColumn != nil { return }
      frames[index].endColumn = lastEnd.column
    }
  }
}
