import FlowDiagnostics

extension DocumentDecoder {
  mutating func text(_ node: DocumentNode?, _ what: String) -> String? {
    guard let node else { return nil }
    guard let text = node.value(as: String.self) else {
      let help = node.kind == .scalar && !node.isNull ? "put it in quotes" : nil
      reject(node, expected: what, help: help)
      return nil
    }
    return text
  }

  mutating func integer(_ node: DocumentNode?, _ what: String, in range: ClosedRange<Int>) -> Int? {
    guard let node else { return nil }
    guard let number = node.value(as: Int.self), range.contains(number) else {
      reject(
        node,
        expected: "\(what): a whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  mutating func bool(_ node: DocumentNode?, _ what: String) -> Bool? {
    guard let node else { return nil }
    guard let flag = node.value(as: Bool.self) else {
      reject(node, expected: "\(what): true or false")
      return nil
    }
    return flag
  }

  mutating func duration(_ node: DocumentNode?, _ what: String) -> Duration? {
    guard let node else { return nil }
    guard let text = node.kind == .scalar ? node.text : nil, !node.isNull else {
      reject(node, expected: "\(what) such as '90s' or '15m'")
      return nil
    }
    switch DurationText.parse(text) {
    case .success(let duration):
      return duration
    case .failure(let error):
      report(
        "wrong-value", error.message, at: node.span,
        help: "write a time such as '90s', '15m' or '1h30m'")
      return nil
    }
  }

  /// Decodes `timeout:`; nothing can be done in no time.
  mutating func timeout(_ node: DocumentNode?) -> Duration? {
    guard let node, let limit = duration(node, "a timeout") else { return nil }
    guard limit > .zero else {
      report(
        "wrong-value", "nothing can be done within \(node.text ?? "0s")", at: node.span,
        help: "leave 'timeout' out for as long as it takes")
      return nil
    }
    return limit
  }

  /// One of a few words, or `nil` with a finding.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: DocumentNode?, _ what: String, as type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let node else { return nil }
    if let text = node.text, let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    let near = node.text.flatMap { Suggestion.nearest(to: $0, among: words) }
    reject(
      node, expected: "\(what): \(words.joined(separator: ", "))",
      help: near.map { "did you mean '\($0)'?" })
    return nil
  }

  /// The items of a list that are texts; others are reported.
  ///
  /// - Parameters:
  ///   - what: what the list is, as in `a list of names`.
  ///   - item: what one of them is, as in `a name`.
  mutating func strings(
    _ node: DocumentNode, _ what: String, item: String
  ) -> [(text: String, node: DocumentNode)] {
    guard node.kind == .sequence else {
      let isText = node.kind == .scalar && !node.isNull
      reject(
        node, expected: what, help: isText ? "write it in brackets: [\(node.text ?? "")]" : nil)
      return []
    }
    return node.items.compactMap { node in
      guard let text = node.value(as: String.self) else {
        reject(node, expected: item, help: node.kind == .scalar ? "put it in quotes" : nil)
        return nil
      }
      return (text, node)
    }
  }
}
