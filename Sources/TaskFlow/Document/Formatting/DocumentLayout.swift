/// How a document is written: its values as they stand in the text, with the comments and blank lines
/// that belong to each.
///
/// Nodes, entries and children are in flat arrays. A node's number is larger than that of the node that it
/// is in.
struct DocumentLayout {
  /// The text that all ranges are of, with LF at line ends.
  var bytes: [UInt8]

  var nodes: [LayoutNode] = []
  var entries: [LayoutEntry] = []

  /// The entries of all collections, each collection's own side by side.
  var children: [Int32] = []

  /// What is above the first entry, about the file as a whole.
  var header: [LayoutLine] = []

  /// Whether anything has an anchor.
  var hasAnchors = false

  func entries(of node: LayoutNode) -> ArraySlice<Int32> { children[node.children] }
}

/// A scalar, an alias or a collection as it is written.
struct LayoutNode {
  enum Kind: UInt8 {
    /// A scalar without quotes or in quotes.
    case scalar
    /// A scalar behind `|` or `>`.
    case block
    case alias
    case sequence
    case mapping
  }

  var kind: Kind

  /// Whether it is a collection in brackets.
  var isFlow = false

  /// Whether it is a collection in brackets that is in one line, and stays so.
  var isInline = false

  /// Whether the lines of a block scalar go up to the end of a file without a last line end.
  var lacksLineEnd = false

  /// How far the lines of a block scalar are indented.
  var indentation: Int32 = 0

  /// The anchor with its `&`; empty if there is none.
  var anchor: Range<Int> = 0..<0

  /// The text of a scalar or alias; that of a block scalar is its lines without the header.
  var text: Range<Int> = 0..<0

  /// `|` or `>` with what is behind it but the comment.
  var blockHeader: Range<Int> = 0..<0

  /// Its entries, as a part of the layout's children.
  var children: Range<Int> = 0..<0

  /// What is behind the last entry.
  var footer: [LayoutLine] = []

  var isCollection: Bool { kind == .sequence || kind == .mapping }

  /// Whether its entries are each in lines of their own.
  var isOpen: Bool { isCollection && !isInline && !children.isEmpty }
}

/// An item of a sequence, or a key with its value.
struct LayoutEntry {
  /// The comments and blank lines above.
  var leading: [LayoutLine] = []

  /// The node of the key; `nil` for an item.
  var key: Int32?

  /// The node of the value; `nil` until it is read.
  var value: Int32?

  /// The comment in the line of the value, or of the key if the value is in lines of its own.
  var comment: LayoutComment?
}

/// A line without a value.
enum LayoutLine {
  case blank
  case comment(Range<Int>)

  var comment: Range<Int>? {
    if case .comment(let text) = self { text } else { nil }
  }
}

/// A comment behind a value.
struct LayoutComment {
  var text: Range<Int>

  /// Where it begins, in characters from the start of its line.
  var column: Int

  /// How much white space is in front of it.
  var gap: Int
}

/// Why a document can't be formatted though it can be read.
struct LayoutFailure: Error {
  /// What it has, as in `a key in several lines`.
  var reason: String

  /// Where, as a number of bytes.
  var offset: Int
}
