import FlowDiagnostics

extension DocumentTree {
  /// So many findings are looked at; each costs as much as what aliases stand for.
  private static let findingLimit = 20
  private static let aliasLimit = 3

  /// Findings in which what is at one place is twice in the flow, with the aliases that make it so.
  func namingAliases(in findings: [Finding]) -> [Finding] {
    var findings = findings
    let repeated = findings.indices.filter { index in
      findings[index].related.contains { $0.span == findings[index].span }
    }
    for index in repeated.prefix(Self.findingLimit) {
      let span = findings[index].span
      let aliases = aliases(ofWhatIsAt: span).map {
        Finding.Related(span: $0, message: "this alias stands for it once more")
      }
      guard !aliases.isEmpty else { continue }
      findings[index].related.removeAll { $0.span == span }
      findings[index].related += aliases
    }
    return findings
  }

  /// The places of aliases that stand for a list or a mapping with a node at `span` in it.
  private func aliases(ofWhatIsAt span: SourceSpan) -> [SourceSpan] {
    let nodes = storage.nodes
    return nodes.lazy.filter { record in
      record.traits.contains(.alias) && record.kind != .scalar && holds(span, in: record)
    }.prefix(Self.aliasLimit).map { $0.span(in: file) }
  }

  private func holds(_ span: SourceSpan, in record: NodeRecord) -> Bool {
    var open = [record]
    while let record = open.popLast() {
      for child in storage.children[record.range] {
        let child = storage.nodes[Int(child)]
        if child.span(in: file) == span { return true }
        if child.kind != .scalar { open.append(child) }
      }
    }
    return false
  }
}
