import CLibYAML

extension LayoutReader {
  typealias Anchor = UnsafeMutablePointer<UInt8>

  // MARK: The document

  mutating func beginDocument(from start: Int, to end: Int) throws(LayoutFailure) {
    while cursor < end {
      skipBlanks(to: end)
      guard cursor < end else { break }
      if layout.bytes[cursor] == UInt8(ascii: "%") {
        while cursor < end, layout.bytes[cursor] != UInt8(ascii: "\n") { cursor += 1 }
        isAtEmptyLine = false
      } else {
        try skip(to: min(cursor + 1, end))
      }
    }
    try skip(to: start)
  }

  mutating func endDocument() throws(LayoutFailure) {
    owner = nil
    try skip(to: layout.bytes.count)
    guard !layout.nodes.isEmpty else { throw failure("no value") }
    layout.nodes[0].footer += takeFooter(column: 0, next: -1)
  }

  // MARK: Values

  /// Gets ready for the node that begins at an offset: all in front of it is read, and it has an entry.
  mutating func place(_ start: Int) throws(LayoutFailure) {
    guard let last = frames.indices.last else {
      try skip(to: start)
      layout.header = pending.map(\.line)
      pending.removeAll()
      return
    }
    if frames[last].isMapping {
      try skip(to: start)
      if !frames[last].isAtValue { beginEntry() }
    } else if frames[last].isFlow {
      try skip(to: start)
      beginEntry()
    } else {
      skipBlanks(to: start)
      guard cursor < layout.bytes.count, layout.bytes[cursor] == UInt8(ascii: "-") else {
        throw failure("a list without '-'")
      }
      beginEntry()
      pass(cursor + 1)
      try skip(to: start)
    }
  }

  private mutating func beginEntry() {
    let entry = layout.entries.count
    layout.entries.append(LayoutEntry())
    takePending(for: entry)
    owner = entry
    frames[frames.count - 1].entries.append(Int32(entry))
  }

  /// Adds a node, as the root, or as the key or the value of the entry that waits for it.
  mutating func attach(_ node: LayoutNode) throws(LayoutFailure) {
    let number = layout.nodes.count
    layout.nodes.append(node)
    guard let last = frames.indices.last, let entry = frames[last].entries.last.map(Int.init) else {
      guard number == 0, node.kind == .mapping, !node.isFlow, node.anchor.isEmpty else {
        throw failure("a root that is no mapping")
      }
      return
    }
    guard frames[last].isMapping else {
      layout.entries[entry].value = Int32(number)
      if !node.isCollection || node.isFlow { takePendingComments(for: entry) }
      return
    }
    if frames[last].isAtValue {
      layout.entries[entry].value = Int32(number)
      if !node.isCollection || node.isFlow { takePendingComments(for: entry) }
    } else {
      layout.entries[entry].key = Int32(number)
      try checkKey(node)
    }
    frames[last].isAtValue.toggle()
  }

  private func checkKey(_ node: LayoutNode) throws(LayoutFailure) {
    let isSimple = node.kind == .alias || node.kind == .scalar
    guard isSimple, !node.text.isEmpty else { throw failure("a key without text") }
    if layout.bytes[node.text].contains(UInt8(ascii: "\n")) {
      throw failure("a key in several lines", at: node.text.lowerBound)
    }
  }

  mutating func addScalar(
    _ style: yaml_scalar_style_t, anchor: Anchor?, from start: Int, to end: Int
  ) throws(LayoutFailure) {
    try place(start)
    let anchor = takeAnchor(anchor, from: start)
    skipBlanks(to: end)
    if style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE {
      try addBlockScalar(anchor: anchor, to: end)
      return
    }
    try attach(LayoutNode(kind: .scalar, anchor: anchor, text: cursor..<max(cursor, end)))
    pass(max(cursor, end))
  }

  /// Moves behind an anchor, if there is one.
  private mutating func takeAnchor(_ anchor: Anchor?, from start: Int) -> Range<Int> {
    guard let anchor else { return 0..<0 }
    layout.hasAnchors = true
    let end = start + 1 + String(cString: anchor).utf8.count
    pass(end)
    return start..<end
  }

  // MARK: Collections

  mutating func open(
    _ kind: LayoutNode.Kind, isFlow: Bool, anchor: Anchor?, _ from: yaml_mark_t, _ to: yaml_mark_t
  ) throws(LayoutFailure) {
    let start = offset(of: from)
    try place(start)
    let entry = frames.last?.entries.last.map(Int.init)
    let name = takeAnchor(anchor, from: start)
    let end = offset(of: to)
    var column = Int(from.column)
    if isFlow {
      // A pair in a list, as in `[a: b]`, has no brackets of its own.
      skipBlanks(to: end)
      let bracket = kind == .mapping ? UInt8(ascii: "{") : UInt8(ascii: "[")
      if cursor < layout.bytes.count, cursor < end, layout.bytes[cursor] == bracket {
        pass(cursor + 1)
      }
    } else if anchor != nil {
      let isAtHyphen = end < layout.bytes.count && layout.bytes[end] == UInt8(ascii: "-")
      column = Int(to.column) - (kind == .sequence && !isAtHyphen ? 1 : 0)
    }
    try attach(LayoutNode(kind: kind, isFlow: isFlow, anchor: name))
    frames.append(
      Frame(
        node: layout.nodes.count - 1, isMapping: kind == .mapping, isFlow: isFlow, column: column,
        start: start, entry: entry))
  }

  mutating func close(_ mark: yaml_mark_t, to end: Int) throws(LayoutFailure) {
    guard let frame = frames.popLast() else { return }
    let start = offset(of: mark)
    try skip(to: start)
    let first = layout.children.count
    layout.children += frame.entries
    layout.nodes[frame.node].children = first..<layout.children.count
    if frame.isFlow {
      closeFlow(frame, from: start, to: end)
      return
    }
    let bytes = layout.bytes
    let isAtEnd =
      start >= bytes.count || mark.column == 0 && bytes[start...].starts(with: "...".utf8)
    layout.nodes[frame.node].footer = takeFooter(
      column: frame.column, next: isAtEnd ? -1 : Int(mark.column))
  }

  private mutating func closeFlow(_ frame: Frame, from start: Int, to end: Int) {
    let isEmpty = layout.nodes[frame.node].children.isEmpty
    if isEmpty, let entry = frame.entry {
      takePendingComments(for: entry)
    } else {
      while case .blank? = pending.last { pending.removeLast() }
      layout.nodes[frame.node].footer = pending.map(\.line)
      pending.removeAll()
    }
    let isInOneLine = !layout.bytes[frame.start..<end].contains(UInt8(ascii: "\n"))
    layout.nodes[frame.node].isInline = isEmpty || isInOneLine
    owner = frame.entry
    pass(end)
  }
}
