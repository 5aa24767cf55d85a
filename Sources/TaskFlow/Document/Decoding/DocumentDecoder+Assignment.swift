import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes `set:`, a map of symbols to values, or one value that `provides:` names.
  mutating func assignment(
    _ node: DocumentNode, _ provided: Provided, _ scope: ExpressionScope, of what: String
  ) -> DecodedAction? {
    if node.kind == .mapping { return assignments(node, provided, scope, of: what) }
    guard let (source, reads) = source(node, scope) else { return nil }
    guard provided.provision.form == .whole, var item = provided.provision.items.first else {
      let span = provided.provision.items.first?.span ?? node.span
      report(
        "wrong-value", "\(what) sets one value, and needs one name for it", at: span,
        help: "add 'provides: NAME', or write 'set: { name: value }'")
      return nil
    }
    item.type = type(of: source, scope)
    return DecodedAction(
      action: .assignment(AssignmentAction(sources: [source])), reads: reads,
      provision: Provision(form: .whole, items: [item]))
  }

  private mutating func assignments(
    _ node: DocumentNode, _ provided: Provided, _ scope: ExpressionScope, of what: String
  ) -> DecodedAction? {
    if node.entries.isEmpty {
      reject(node, expected: "a map of symbols to values", help: "write 'set: { name: value }'")
    }
    if let first = provided.provision.items.first {
      report(
        "wrong-value", "\(what) names what it provides in 'set' already", at: first.span,
        help: "drop 'provides'")
    }
    var sources: [AssignmentAction.Source] = []
    var reads: [Requirement] = []
    var items: [Provision.Item] = []
    for entry in node.entries {
      guard let symbol = symbol(entry.key) else {
        leaveOut(.providers)
        continue
      }
      // A value that can't be read is one that others may require all the same.
      let (source, read) = source(entry.value, scope) ?? (.constant(.null), [])
      items.append(
        Provision.Item(symbol: symbol, type: type(of: source, scope), span: entry.key.span))
      sources.append(source)
      reads += read
    }
    return DecodedAction(
      action: .assignment(AssignmentAction(sources: sources)), reads: reads,
      provision: Provision(form: .keys, items: items, isComplete: true))
  }

  private mutating func source(
    _ node: DocumentNode, _ scope: ExpressionScope
  ) -> (AssignmentAction.Source, [Requirement])? {
    guard let text = node.value(as: String.self) else {
      return constant(node, in: "set").map { (.constant($0), []) }
    }
    return template(text, in: node, scope).map { (.template($0.template), $0.reads) }
  }

  /// The type of what is set, where it is known whatever the values are.
  private func type(
    of source: AssignmentAction.Source, _ scope: ExpressionScope
  ) -> SymbolType? {
    switch source {
    case .constant(let value):
      return ValueType(rawValue: value.kind).map { SymbolType($0) }
    case .template(let template):
      guard let expression = template.wholeExpression else { return SymbolType(ValueType.string) }
      return expression.inferredType(types: types(of: expression.symbols, in: scope))
        .map { SymbolType($0) }
    }
  }

  /// Decodes `wait:`, a time or an expression that gives one.
  mutating func wait(
    _ node: DocumentNode, _ provided: Provided, _ scope: ExpressionScope, of what: String
  ) -> DecodedAction? {
    if let first = provided.provision.items.first {
      report(
        "wrong-value", "\(what) waits, and so provides nothing", at: first.span,
        help: "drop 'provides'")
    }
    guard let text = node.text, text.firstTemplate != nil else {
      return duration(node, "a time to wait").map { DecodedAction(action: .wait(.duration($0))) }
    }
    return template(text, in: node, scope, result: .string).map {
      DecodedAction(action: .wait(.template($0.template)), reads: $0.reads)
    }
  }
}
