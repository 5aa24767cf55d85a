/// Writes a layout in the one form that a document has: two spaces for each level, one space behind `:`
/// and `-`, lists indented below their key, one blank line where there were some.
///
/// It calls itself for nested collections: the reader has bounded the nesting.
struct LayoutWriter {
  let layout: DocumentLayout
  var output: [UInt8] = []

  /// Where the line begins that is written.
  var lineStart = 0

  /// Whether blank lines would be read as a part of the text above.
  var isBehindOpenText = false

  private init(_ layout: DocumentLayout) {
    self.layout = layout
    output.reserveCapacity(layout.bytes.count + layout.bytes.count / 8)
  }

  /// The text of a layout whose entries are in order, with a line end.
  static func text(of layout: DocumentLayout) -> [UInt8] {
    var writer = LayoutWriter(layout)
    let root = layout.nodes[0]
    let first = layout.entries(of: root).first.map { layout.entries[Int($0)].leading } ?? []
    writer.writeLines(layout.header + first, indentation: 0, isFirst: true)
    if root.children.isEmpty {
      writer.write("{}")
      writer.endLine()
    } else {
      writer.writeEntries(of: root, indentation: 0, hasFirstLine: true)
    }
    writer.writeLines(root.footer, indentation: 0)
    return writer.output
  }

  // MARK: Entries

  /// Writes the entries of a collection, each in lines of its own.
  ///
  /// - Parameter hasFirstLine: whether what is in front of the first one is written already.
  private mutating func writeEntries(
    of node: LayoutNode, indentation: Int, hasFirstLine: Bool = false
  ) {
    for (index, number) in layout.entries(of: node).enumerated() {
      let entry = layout.entries[Int(number)]
      if index > 0 || !hasFirstLine {
        writeLines(entry.leading, indentation: indentation, isFirst: index == 0)
        indent(indentation)
      }
      if let key = entry.key {
        writeInline(layout.nodes[Int(key)])
        if layout.nodes[Int(key)].kind == .alias { write(" ") }
        write(":")
      } else {
        write("-")
      }
      guard let value = entry.value else { continue }
      writeValue(layout.nodes[Int(value)], of: entry, indentation: indentation)
    }
  }

  private mutating func writeValue(
    _ node: LayoutNode, of entry: LayoutEntry, indentation: Int
  ) {
    if !node.anchor.isEmpty { write(" ", node.anchor) }
    if node.isOpen {
      let isBesideHyphen = entry.key == nil && node.anchor.isEmpty
      if isBesideHyphen { write(" ") } else { endLine(with: entry.comment) }
      writeEntries(of: node, indentation: indentation + 2, hasFirstLine: isBesideHyphen)
      writeLines(node.footer, indentation: indentation + 2)
      return
    }
    switch node.kind {
    case .block:
      writeBlock(node, comment: entry.comment, indentation: indentation + 2)
      return
    case .scalar where node.text.isEmpty: break
    case .scalar:
      write(" ")
      writeFolded(node, indentation: indentation + 2)
    case .alias: write(" ", node.text)
    case .sequence, .mapping:
      write(" ")
      writeBrackets(node)
    }
    endLine(with: entry.comment)
  }

  // MARK: In one line

  private mutating func writeInline(_ node: LayoutNode, isInBraces: Bool = false) {
    if !node.anchor.isEmpty {
      write("", node.anchor)
      if node.isCollection || !node.text.isEmpty { write(" ") }
    }
    if node.isCollection {
      writeBrackets(node)
    } else if isInBraces, layout.bytes[node.text].elementsEqual("-".utf8) {
      // With the space before the brace it would begin a list.
      write("\"-\"")
    } else {
      write("", node.text)
    }
  }

  private mutating func writeBrackets(_ node: LayoutNode) {
    let isMapping = node.kind == .mapping
    if node.children.isEmpty {
      write(isMapping ? "{}" : "[]")
      return
    }
    write(isMapping ? "{ " : "[")
    for (index, number) in layout.entries(of: node).enumerated() {
      if index > 0 { write(", ") }
      let entry = layout.entries[Int(number)]
      if let key = entry.key { writeInlineKey(layout.nodes[Int(key)]) }
      let endsInColon = output.last == UInt8(ascii: ":")
      guard let value = entry.value.map({ layout.nodes[Int($0)] }) else { continue }
      let isNothing = value.kind == .scalar && value.text.isEmpty && value.anchor.isEmpty
      if entry.key != nil {
        // The colon of a key without a value can be left out, but for one that ends in a colon itself.
        if !isNothing || endsInColon { write(": ") }
      }
      writeInline(value, isInBraces: isMapping)
    }
    write(isMapping ? " }" : "]")
  }

  private mutating func writeInlineKey(_ node: LayoutNode) {
    writeInline(node)
    if node.kind == .alias { write(" ") }
  }

  // MARK: Lines

  /// Writes comments and blank lines, of several blank lines one, and none at the beginning.
  mutating func writeLines(_ lines: [LayoutLine], indentation: Int, isFirst: Bool = false) {
    var mayBeBlank = !isFirst
    for line in lines {
      switch line {
      case .blank:
        if mayBeBlank, !isBehindOpenText { endLine() }
        mayBeBlank = false
      case .comment(let text):
        indent(indentation)
        write("", text)
        endLine()
        mayBeBlank = true
      }
    }
  }

  /// Ends a line, with a comment in its place as far as there is room, so that comments that are
  /// aligned stay so.
  mutating func endLine(with comment: LayoutComment?) {
    if let comment {
      let isAligned = comment.gap > 2
      let gap = isAligned ? max(2, comment.column - column) : max(1, comment.gap)
      output += [UInt8](repeating: UInt8(ascii: " "), count: gap)
      write("", comment.text)
    }
    endLine()
  }

  mutating func endLine() {
    output.append(UInt8(ascii: "\n"))
    lineStart = output.count
    isBehindOpenText = false
  }

  private var column: Int {
    output[lineStart...].reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 }
  }

  mutating func indent(_ count: Int) {
    output += [UInt8](repeating: UInt8(ascii: " "), count: count)
  }

  mutating func write(_ text: StaticString, _ range: Range<Int> = 0..<0) {
    text.withUTF8Buffer { output += $0 }
    output += layout.bytes[range]
  }
}
