import FlowDiagnostics

extension DocumentBuilder {
  /// Reports keys that are no scalars, and each that an earlier one in the same mapping has, too.
  ///
  /// - Complexity: O(size of the keys), as long as strings hash well, which Swift's seeding
  ///   ensures.
  mutating func checkKeys(_ entries: ArraySlice<Int32>) {
    if entries.count == 2 {
      checkKind(entries[entries.startIndex])
      return
    }
    var seen: [String: Int32] = [:]
    seen.reserveCapacity(entries.count / 2)
    for position in stride(from: entries.startIndex, to: entries.endIndex, by: 2) {
      if fatal != nil { return }
      let node = entries[position]
      guard checkKind(node) else { continue }
      let record = nodes[Int(node)]
      let key = String(decoding: text[record.range], as: UTF8.self)
      if let first = seen.updateValue(node, forKey: key) {
        // The first stays, so that a third is reported against it as well.
        seen[key] = first
        let place = Finding.Related(
          span: nodes[Int(first)].span(in: file), message: "it is first given here")
        report(
          "duplicate-key", "duplicate key \(QuotedName.of(key))", at: record.span(in: file),
          related: [place], help: "remove one of the two")
      }
    }
  }

  @discardableResult
  private mutating func checkKind(_ key: Int32) -> Bool {
    let record = nodes[Int(key)]
    if record.traits.contains(.broken) { return false }
    if record.kind == .scalar { return true }
    report(
      "yaml-syntax", "a key can't be \(record.kind.phrase)", at: record.span(in: file),
      help: "write a name as the key")
    return false
  }
}
