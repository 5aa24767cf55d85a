package import FlowDiagnostics

/// A comment in a document, which is no part of what the document says.
package struct DocumentComment: Sendable, Hashable {
  /// What stands behind the `#`, up to the end of the line.
  package var text: String

  /// All of it, with the `#`.
  package var span: SourceSpan

  /// How many spaces and tabs are directly in front of it.
  package var gap: Int

  /// Whether nothing else is in its line.
  package var isAlone: Bool { gap == span.column - 1 }

  /// A comment.
  package init(text: String, span: SourceSpan, gap: Int) {
    self.text = text
    self.span = span
    self.gap = gap
  }
}

extension DocumentTree {
  /// The comments of the file that the tree was made of, in their order.
  ///
  /// libyaml drops comments, so they are what begins with `#` outside all scalars.
  ///
  /// - Parameter bytes: the file.
  /// - Complexity: O(number of bytes).
  package func comments(in bytes: [UInt8]) -> [DocumentComment] {
    var walk = CommentWalk(bytes, file: file)
    for (index, record) in storage.nodes.enumerated() {
      // An empty scalar takes no room, though its span has the length that all spans have.
      let takesRoom =
        record.kind == .scalar && !record.traits.contains(.alias)
        && (record.count > 0 || record.style != .plain)
      guard takesRoom else { continue }
      walk.look(upTo: DocumentPosition(line: Int(record.line), column: Int(record.column)))
      // Behind the `|` of a block there may be a comment; its text begins in the next line.
      let isBlock = record.style == .literal || record.style == .folded
      if isBlock { walk.look(upTo: DocumentPosition(line: Int(record.line) + 1, column: 1)) }
      let end = DocumentPosition(
        line: Int(record.line), column: Int(record.column + record.length))
      walk.skip(to: storage.ends[Int32(index)] ?? end)
    }
    walk.look(upTo: DocumentPosition(line: .max, column: 1))
    return walk.comments
  }

  /// The scalars that go over several lines, with their first and last lines, in the order of the file.
  ///
  /// - Complexity: O(n log n) in the number of such scalars.
  package var longScalars: [(node: DocumentNode, lines: ClosedRange<Int>)] {
    storage.ends.sorted { $0.key < $1.key }.map { index, end in
      let node = DocumentNode(storage: storage, index: index)
      let first = Int(node.record.line)
      let last = end.column > 1 ? end.line : end.line - 1
      return (node, first...max(first, last))
    }
  }

  /// All nodes, in the order in which they begin.
  package var allNodes: some Sequence<DocumentNode> {
    (0..<Int32(storage.nodes.count)).lazy.map { DocumentNode(storage: storage, index: $0) }
  }
}

/// A place between two characters of a document; lines and columns count from 1.
struct DocumentPosition: Sendable, Comparable {
  var line: Int
  var column: Int

  static func < (left: DocumentPosition, right: DocumentPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A walk through a document's text that takes the comments on its way.
private struct CommentWalk {
  private let bytes: [UInt8]
  private let file: String
  private var offset: Int
  private var position = DocumentPosition(line: 1, column: 1)
  private var gap = 0
  var comments: [DocumentComment] = []

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    offset = TextCheck.byteOrderMark(in: bytes)
  }

  /// Goes on to a position, and takes the comments before it.
  mutating func look(upTo end: DocumentPosition) {
    while offset < bytes.count, position < end {
      if bytes[offset] == UInt8(ascii: "#") { takeComment() } else { step() }
    }
  }

  /// Goes on to a position; what begins with `#` before it is text.
  mutating func skip(to end: DocumentPosition) {
    while offset < bytes.count, position < end { step() }
  }

  private mutating func takeComment() {
    let start = offset
    let column = position.column
    let gap = gap
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { step() }
    comments.append(
      DocumentComment(
        text: String(decoding: bytes[(start + 1)..<offset], as: UTF8.self),
        span: SourceSpan(
          file: file, line: position.line, column: column, length: position.column - column),
        gap: gap))
  }

  private mutating func step() {
    let byte = bytes[offset]
    offset += 1
    if byte == 0x0A || byte == 0x0D {
      if byte == 0x0D, offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
      position = DocumentPosition(line: position.line + 1, column: 1)
      gap = 0
      return
    }
    while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    position.column += 1
    gap = byte == 0x20 || byte == 0x09 ? gap + 1 : 0
  }
}
