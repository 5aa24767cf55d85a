import CLibYAML
import FlowDiagnostics

extension DocumentBuilder {
  /// An alias as libyaml's event has it.
  typealias AliasData = yaml_event_t.__Unnamed_union_data.__Unnamed_struct_alias

  /// Adds a node with the content of the anchored one and a place of its own.
  ///
  /// Nothing is copied but one record. The limits count what a walk over the tree would meet.
  mutating func addAlias(_ data: AliasData, from start: YAMLMark, to end: YAMLMark) {
    let name = data.anchor.map { String(cString: $0) } ?? ""
    let span = span(from: start, to: end)
    var record = NodeRecord()
    if let anchor = resolve(name, at: span) {
      record = nodes[Int(anchor.node)]
      guard admit(anchor, name, at: span) else { return }
    } else {
      record.traits = .broken
    }
    record.traits.remove(.verbatim)
    record.traits.insert(.alias)
    record.line = Int32(span.line)
    record.column = Int32(span.column)
    record.length = Int32(span.length)
    guard let node = add(record, at: start) else { return }
    finish(node, from: start, to: end)
  }

  /// The anchor, or `nil` after a finding.
  private mutating func resolve(_ name: String, at span: SourceSpan) -> AnchorTable.Anchor? {
    guard let anchor = anchors[name] else {
      // A list of names to choose from helps only if it is short.
      let near = anchors.count <= 1000 ? Suggestion.nearest(to: name, among: anchors.names) : nil
      report(
        "yaml-syntax", "undefined alias \(QuotedName.of("*" + name))", at: span,
        help: near.map { "did you mean \(QuotedName.of("*" + $0))?" }
          ?? "define \(QuotedName.of("&" + name)) above, or put the text in quotes")
      return nil
    }
    if anchor.isOpen {
      let frame = frames.last { $0.node == anchor.node }
      let place = SourceSpan(
        file: file, line: (frame?.line ?? 0) + 1, column: (frame?.column ?? 0) + 1,
        length: name.unicodeScalars.count + 1)
      report(
        "yaml-syntax", "alias \(QuotedName.of("*" + name)) is inside what it stands for", at: span,
        related: [Finding.Related(span: place, message: "which begins here")],
        help: "write the value out")
      return nil
    }
    return anchor
  }

  /// Whether there may be another anchor; stops if not.
  mutating func admitAnchor(at mark: YAMLMark) -> Bool {
    if anchors.count < limits.anchors { return true }
    stop(
      "input-limit", "more than \(limits.anchors) anchors in one file",
      at: SourceSpan(file: file, line: mark.line + 1, column: mark.column + 1))
    return false
  }

  /// Counts an alias against the limits; `false` if it exceeds one.
  private mutating func admit(
    _ anchor: AnchorTable.Anchor, _ name: String, at span: SourceSpan
  ) -> Bool {
    if frames.count + anchor.height > limits.nesting {
      stop(
        "input-limit",
        "with alias \(QuotedName.of("*" + name)) more than \(limits.nesting) lists and mappings"
          + " are inside each other",
        at: span)
      return false
    }
    expansion += anchor.size
    if expansion > limits.aliasExpansion * bytes.count {
      stop(
        "input-limit",
        "aliases up to this one stand for more than \(limits.aliasExpansion) times the file",
        at: span, help: "write the values out, or use fewer aliases")
      return false
    }
    if let last = frames.indices.last {
      frames[last].expansion += anchor.size
      frames[last].height = max(frames[last].height, anchor.height)
    }
    return true
  }
}
