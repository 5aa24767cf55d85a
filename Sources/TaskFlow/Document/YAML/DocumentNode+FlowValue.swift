package import FlowDiagnostics

extension DocumentNode {
  /// The node and all in it as a value, for data that is no part of the format.
  ///
  /// Findings are: a key that is no text, a number out of range, `.inf` and `.nan`. Of duplicate
  /// keys, which the reader has reported, the first stays; so does its silence on what it found
  /// broken.
  ///
  /// - Returns: `nil` and at least one finding, or a value and none; a broken node is null.
  /// - Complexity: O(size of what is in it, aliases expanded).
  package func flowValue() -> (value: FlowValue?, findings: [Finding]) {
    var walk = ValueWalk(limit: DocumentLimits().findings)
    walk.begin(self)
    while walk.step() {}
    return walk.findings.isEmpty ? (walk.values.last, []) : (nil, walk.findings)
  }
}

/// A walk over a node in post-order: the values of finished children wait for their parent.
private struct ValueWalk {
  var values: [FlowValue] = []
  var findings: [Finding] = []
  let limit: Int
  private var frames: [Frame] = []

  private struct Frame {
    var node: DocumentNode
    /// How many values waited when it began.
    var base: Int
    var next = 0
    /// The keys whose values wait.
    var keys: [String] = []
  }

  init(limit: Int) { self.limit = limit }

  /// Takes up a node: a scalar is a value at once.
  mutating func begin(_ node: DocumentNode) {
    if node.kind == .scalar {
      values.append(scalar(node))
    } else {
      frames.append(Frame(node: node, base: values.count))
    }
  }

  /// Takes up the next child, or ends a node whose children are done; `false` when all is done.
  mutating func step() -> Bool {
    guard let last = frames.indices.last, findings.count < limit else { return false }
    let frame = frames[last]
    frames[last].next += 1
    switch frame.node.kind {
    case .sequence where frame.next < frame.node.items.count:
      begin(frame.node.items[frame.next])
    case .mapping where frame.next < frame.node.entries.count:
      let entry = frame.node.entries[frame.next]
      guard let key = key(entry.key) else { break }
      frames[last].keys.append(key)
      begin(entry.value)
    default:
      end(frame)
    }
    return true
  }

  private mutating func end(_ frame: Frame) {
    let parts = values[frame.base...]
    let value: FlowValue =
      frame.node.kind == .sequence
      ? .list(Array(parts))
      : .map(Dictionary(zip(frame.keys, parts), uniquingKeysWith: { first, _ in first }))
    values.removeSubrange(frame.base...)
    values.append(value)
    frames.removeLast()
  }

  private mutating func key(_ node: DocumentNode) -> String? {
    switch node.resolution {
    case .value(.string(let key)): return key
    case .none: return nil
    default: break
    }
    if !node.isBroken {
      let text = node.text ?? ""
      findings.append(
        Finding(
          rule: "yaml-syntax",
          message: text.isEmpty ? "a key is missing" : "the key \(QuotedName.of(text)) is no text",
          span: node.span, help: text.isEmpty ? "write a name in front of ':'" : "put it in quotes")
      )
    }
    return nil
  }

  private mutating func scalar(_ node: DocumentNode) -> FlowValue {
    switch node.resolution {
    case .value(let value): return value
    case .outOfRange: reject(node, "the number \(QuotedName.of(node.text ?? "")) is too large")
    case .notFinite: reject(node, "\(QuotedName.of(node.text ?? "")) is not supported as a number")
    case .none: break
    }
    return .null
  }

  private mutating func reject(_ node: DocumentNode, _ message: String) {
    findings.append(
      Finding(
        rule: "wrong-value", message: message, span: node.span,
        help: "put it in quotes if it is text"))
  }
}
