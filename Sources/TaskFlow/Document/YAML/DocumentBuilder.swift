import CLibYAML
import FlowDiagnostics

/// Builds a tree from libyaml's events, and collects what is wrong on the way.
struct DocumentBuilder {
  let file: String
  let limits: DocumentLimits
  let bytes: [UInt8]
  var lines: LineCursor

  var nodes: [NodeRecord] = []
  var children: [Int32] = []
  var text: [UInt8] = []
  var indentations: [Int32: Int32] = [:]
  var ends: [Int32: DocumentPosition] = [:]
  /// The last text in quotes that has several lines, as one has whose closing quote is missing.
  var lastWideQuote: (start: YAMLMark, end: YAMLMark)?

  /// The nodes that are finished and wait for their parent's end, those of the innermost one last.
  var pending: [Int32] = []
  var frames: [Frame] = []
  var anchors = AnchorTable()
  /// How many characters all aliases so far stand for.
  var expansion = 0
  /// Where the last scalar, alias or closing bracket ended.
  var lastEnd: (line: Int, column: Int) = (0, 0)

  var findings: [Finding] = []
  /// Whether all that the document says is in the tree.
  private var isComplete = true
  /// What ended the reading before the document's end.
  var fatal: Finding?

  /// A sequence or mapping that is not closed yet.
  struct Frame {
    var node: Int32
    /// How many nodes were pending when it began.
    var base: Int
    var line: Int
    var column: Int
    /// The column in its first line behind its last part there, once that line is done.
    var endColumn: Int?
    var index: Int
    var isMapping: Bool
    var anchor: String?
    /// What aliases inside it add to its size, in characters.
    var expansion = 0
    /// How many levels there are inside it.
    var height = 0
  }

  init(bytes: [UInt8], start: Int, file: String, limits: DocumentLimits) {
    self.file = file
    self.limits = limits
    self.bytes = bytes
    lines = LineCursor(bytes, start: start)
    // Growing would copy, and hold both copies; memory that is only reserved costs nothing.
    nodes.reserveCapacity(min(limits.nodes, bytes.count / 4 + 16))
  }

  /// Reads events until the document's end, or the first thing that is fatal.
  ///
  /// - Parameter pairs: what was changed in `buffer` compared to the file.
  /// - Returns: why libyaml stopped, if it did.
  mutating func readAll(
    from buffer: UnsafeBufferPointer<UInt8>, pairs: SurrogatePairs?
  ) -> YAMLFailure? {
    var stream = YAMLEventStream(buffer)
    while fatal == nil {
      switch stream.next() {
      case .failure(let failure): return failure.moved(by: pairs)
      case .event(let event): if !consume(&event.pointee, pairs: pairs) { return nil }
      }
    }
    return nil
  }

  /// Takes one event; `false` if it was the last of interest.
  private mutating func consume(_ event: inout yaml_event_t, pairs: SurrogatePairs?) -> Bool {
    let start = YAMLMark(event.start_mark).moved(by: pairs)
    let end = YAMLMark(event.end_mark).moved(by: pairs)
    switch event.type {
    case YAML_SCALAR_EVENT: addScalar(event.data.scalar, from: start, to: end)
    case YAML_ALIAS_EVENT: addAlias(event.data.alias, from: start, to: end)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      let isFlow = data.style == YAML_FLOW_SEQUENCE_STYLE
      open(.sequence, isFlow: isFlow, anchor: data.anchor, tag: data.tag, from: start, to: end)
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      let isFlow = data.style == YAML_FLOW_MAPPING_STYLE
      open(.mapping, isFlow: isFlow, anchor: data.anchor, tag: data.tag, from: start, to: end)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: close(to: end)
    case YAML_DOCUMENT_END_EVENT:
      checkRest(from: end, isEnded: event.data.document_end.implicit == 0)
      return false
    case YAML_STREAM_END_EVENT:
      let place = SourceSpan(file: file, line: 1, column: 1)
      stop("yaml-syntax", "the file is empty", at: place, help: "write a document into it")
      return false
    default: break
    }
    return true
  }

  /// The tree and the findings, or what was fatal alone.
  func result() -> (tree: DocumentTree?, findings: [Finding]) {
    if let fatal { return (nil, [fatal]) }
    let storage = DocumentStorage(
      file: file, bytes: bytes, nodes: nodes, children: children, text: text,
      indentations: indentations, ends: ends)
    return (DocumentTree(storage: storage, isComplete: isComplete), findings.sorted())
  }

  /// Adds a finding; of too many the last says that there are more.
  ///
  /// - Parameter leavesHole: whether what it is about is missing from the tree.
  mutating func report(
    _ rule: String, _ message: String, at span: SourceSpan, related: [Finding.Related] = [],
    notes: [String] = [], help: String? = nil, leavesHole: Bool = true
  ) {
    if leavesHole { isComplete = false }
    findings.append(
      Finding(
        rule: rule, message: message, span: span, related: related, notes: notes, help: help))
    if findings.count >= limits.findings, fatal == nil {
      fatal = findings[0]
      fatal?.notes.append(
        "the file has \(limits.findings) such mistakes or more; this is the first")
    }
  }

  /// Where a text in quotes begins that ends right before a syntax error: its quote may be missing above.
  func wideQuote(before failure: YAMLFailure) -> Finding.Related? {
    guard let (start, end) = lastWideQuote, end.line == failure.mark.line,
      end.column <= failure.mark.column
    else { return nil }
    return Finding.Related(
      span: SourceSpan(file: file, line: start.line + 1, column: start.column + 1),
      message: "a text in quotes begins here and goes on to the line of the error")
  }

  /// Ends the reading.
  mutating func stop(_ rule: String, _ message: String, at span: SourceSpan, help: String? = nil) {
    if fatal == nil { fatal = Finding(rule: rule, message: message, span: span, help: help) }
  }

  /// The span from one mark to another, or to the end of the first line.
  mutating func span(from start: YAMLMark, to end: YAMLMark) -> SourceSpan {
    let endColumn =
      end.line == start.line ? end.column : lines.length(ofLine: start.line)?.trimmed ?? 0
    return SourceSpan(
      file: file, line: start.line + 1, column: start.column + 1, length: endColumn - start.column)
  }
}
