extension LayoutWriter {
  /// Writes a scalar that may go over several lines, whose white space at line ends means nothing.
  mutating func writeFolded(_ node: LayoutNode, indentation: Int) {
    let text = layout.bytes[node.text]
    // In brackets it was a text; in a line of its own it would begin a list.
    if text.elementsEqual("-".utf8) { return write("\"-\"") }
    guard text.contains(UInt8(ascii: "\n")) else {
      output += text
      return
    }
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      var line = line
      if index > 0 {
        endLine()
        line = line.drop(while: \.isBlank)
        if !line.isEmpty { indent(indentation) }
      }
      output += index < lines.count - 1 ? Self.trimmed(line) : line
    }
  }

  /// A line without the white space at its end, but for what a backslash makes a part of the text.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.endIndex
    while end > line.startIndex, line[end - 1].isBlank { end -= 1 }
    let slashes = line[..<end].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
    if slashes % 2 == 1, end < line.endIndex { end += 1 }
    return line[..<end]
  }

  /// Writes a block scalar: each of its lines as it is, behind another indentation.
  mutating func writeBlock(_ node: LayoutNode, comment: LayoutComment?, indentation: Int) {
    write(" ")
    writeHeader(node)
    endLine(with: comment)
    var rest = layout.bytes[node.text]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      let spaces = line.prefix(Int(node.indentation)).prefix { $0 == UInt8(ascii: " ") }.count
      let text = line.dropFirst(spaces)
      if !text.isEmpty {
        indent(indentation)
        output += text
      }
      endLine()
    }
    isBehindOpenText = layout.bytes[node.blockHeader].contains(UInt8(ascii: "+"))
  }

  private mutating func writeHeader(_ node: LayoutNode) {
    let header = layout.bytes[node.blockHeader]
    output += header.prefix(1)
    // The lines are indented by one level from here on.
    if header.contains(where: { (0x31...0x39).contains($0) }) { write("2") }
    if node.lacksLineEnd || header.contains(UInt8(ascii: "-")) {
      write("-")
    } else if header.contains(UInt8(ascii: "+")) {
      write("+")
    }
  }
}
