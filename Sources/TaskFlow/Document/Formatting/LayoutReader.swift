import CLibYAML

/// Reads how a document is written, from libyaml's events and from what stands between them.
///
/// It is for documents that the document reader has taken without a finding. What can't be formatted for
/// sure is refused.
struct LayoutReader {
  var layout: DocumentLayout
  var frames: [Frame] = []
  var pending: [PendingLine] = []

  /// How far the text has been read.
  var cursor = 0

  /// Whether the line of the cursor has had a value, a key or a sign so far.
  var isBehindValue = false

  /// Whether the line of the cursor has had nothing so far.
  var isAtEmptyLine = true

  /// The entry that a comment in this line belongs to.
  var owner: Int?

  private var position: CharacterPosition

  /// A collection that is not closed yet.
  struct Frame {
    var node: Int
    var isMapping: Bool
    var isFlow: Bool
    /// Where its keys or hyphens stand.
    var column: Int
    var start: Int
    var entries: [Int32] = []
    /// The entry that it is the value of.
    var entry: Int?
    /// Whether the next node is the value of a key.
    var isAtValue = false
  }

  /// A line without a value that waits for what it belongs to.
  enum PendingLine {
    case blank
    case comment(Range<Int>, column: Int)

    var line: LayoutLine {
      switch self {
      case .blank: .blank
      case .comment(let text, _): .comment(text)
      }
    }
  }

  private init(_ bytes: [UInt8]) {
    layout = DocumentLayout(bytes: bytes)
    position = CharacterPosition(bytes)
  }

  /// The layout of a text in UTF-8 without a byte order mark, with LF at line ends.
  ///
  /// - Complexity: O(number of bytes).
  static func layout(of bytes: [UInt8]) throws(LayoutFailure) -> DocumentLayout {
    var reader = LayoutReader(bytes)
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<Void, LayoutFailure> in
      do throws(LayoutFailure) {
        return .success(try reader.readAll(from: buffer))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
    return reader.layout
  }

  private mutating func readAll(
    from buffer: UnsafeBufferPointer<UInt8>
  ) throws(LayoutFailure) {
    var stream = YAMLEventStream(buffer)
    while true {
      switch stream.next() {
      case .failure: throw failure("escapes of JSON")
      case .event(let event):
        if try consume(&event.pointee) { return }
      }
    }
  }

  /// Takes one event; `true` for the document's end.
  private mutating func consume(_ event: inout yaml_event_t) throws(LayoutFailure) -> Bool {
    let start = offset(of: event.start_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: try beginDocument(from: start, to: offset(of: event.end_mark))
    case YAML_SCALAR_EVENT:
      let data = event.data.scalar
      try addScalar(data.style, anchor: data.anchor, from: start, to: offset(of: event.end_mark))
    case YAML_ALIAS_EVENT:
      try place(start)
      let end = offset(of: event.end_mark)
      try attach(LayoutNode(kind: .alias, text: start..<end))
      pass(end)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      let isFlow = data.style == YAML_FLOW_SEQUENCE_STYLE
      try open(.sequence, isFlow: isFlow, anchor: data.anchor, event.start_mark, event.end_mark)
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      let isFlow = data.style == YAML_FLOW_MAPPING_STYLE
      try open(.mapping, isFlow: isFlow, anchor: data.anchor, event.start_mark, event.end_mark)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      try close(event.start_mark, to: offset(of: event.end_mark))
    case YAML_DOCUMENT_END_EVENT:
      try endDocument()
      return true
    default: break
    }
    return false
  }

  // MARK: Places

  mutating func offset(of mark: yaml_mark_t) -> Int { position.offset(ofCharacter: mark.index) }

  func failure(_ reason: String, at offset: Int? = nil) -> LayoutFailure {
    LayoutFailure(reason: reason, offset: offset ?? cursor)
  }

  /// Moves behind a value or a sign.
  mutating func pass(_ offset: Int) {
    cursor = offset
    isBehindValue = true
    isAtEmptyLine = false
  }
}

/// Where characters are in a text, for questions that mostly go forward.
private struct CharacterPosition {
  private let bytes: [UInt8]
  private let isASCII: Bool
  private var offset = 0
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isASCII = bytes.allSatisfy { $0 < 0x80 }
  }

  /// The offset of a character, at most the text's end.
  mutating func offset(ofCharacter wanted: Int) -> Int {
    if isASCII { return min(wanted, bytes.count) }
    while index < wanted, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      index += 1
    }
    while index > wanted {
      offset -= 1
      while bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      index -= 1
    }
    return offset
  }
}
