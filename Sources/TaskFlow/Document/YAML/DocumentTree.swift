import FlowDiagnostics
import Synchronization

/// What a YAML or JSON file says, with the place of each of its parts.
///
/// All nodes are in a few flat arrays, so that building, walking and releasing a tree needs no
/// recursion, and a node costs 24 bytes and its text.
package struct DocumentTree: Sendable {
  let storage: DocumentStorage

  /// Whether all that the document says is in it, though some may be reported.
  package let isComplete: Bool

  /// The one node that is not inside another.
  package var root: DocumentNode { DocumentNode(storage: storage, index: 0) }

  /// The file as its reader was told, which all spans have.
  package var file: String { storage.file }

  /// How many nodes there are; an alias counts as one.
  package var nodeCount: Int { storage.nodes.count }
}

/// The arrays of a tree: a class, so that a node is a reference and a number, cheap to pass around.
final class DocumentStorage: Sendable {
  let file: String
  let nodes: [NodeRecord]
  let children: [Int32]
  let text: [UInt8]
  /// For each literal block scalar with text: how far its lines are indented.
  let indentations: [Int32: Int32]
  /// For each scalar of several lines: where it ends.
  let ends: [Int32: DocumentPosition]

  private let bytes: [UInt8]
  private let index = Mutex<SourceText?>(nil)

  init(
    file: String, bytes: [UInt8], nodes: [NodeRecord], children: [Int32], text: [UInt8],
    indentations: [Int32: Int32], ends: [Int32: DocumentPosition]
  ) {
    self.file = file
    self.bytes = bytes
    self.nodes = nodes
    self.children = children
    self.text = text
    self.indentations = indentations
    self.ends = ends
  }

  /// The file's text, to look at how a scalar is written; its lines are found when it is first asked for.
  var source: SourceText {
    index.withLock { index in
      if let index { return index }
      let source = SourceText(bytes)
      index = source
      return source
    }
  }
}

/// A node as the tree keeps it.
struct NodeRecord: Sendable {
  /// Its place, from 1.
  var line: Int32 = 1
  var column: Int32 = 1
  var length: Int32 = 1

  /// Its part of the text, if it is a scalar, otherwise of the list of children. Those of a mapping
  /// are its keys and values in turn.
  var start: Int32 = 0
  var count: Int32 = 0

  var kind: DocumentNode.Kind = .scalar
  var style: DocumentNode.Style = .plain
  var traits: Traits = []

  struct Traits: OptionSet, Sendable {
    var rawValue: UInt8

    /// It stands at an alias, and has the content of the anchored node.
    static let alias = Traits(rawValue: 1)
    /// A mistake was found that leaves nothing to read here.
    static let broken = Traits(rawValue: 2)
    /// Each character of its text is one column of its line, in their order.
    static let verbatim = Traits(rawValue: 4)
  }

  var range: Range<Int> { Int(start)..<Int(start) + Int(count) }

  func span(in file: String) -> SourceSpan {
    SourceSpan(file: file, line: Int(line), column: Int(column), length: Int(length))
  }
}
