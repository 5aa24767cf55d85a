import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes `inputs:`, a map of symbols to what they must be.
  mutating func inputs(_ node: DocumentNode?) -> [FlowInput] {
    guard let node else { return [] }
    guard node.kind == .mapping else {
      reject(node, expected: "inputs as a mapping of names to what they are")
      leaveOut(.providers)
      return []
    }
    return node.entries.compactMap { input($0) }
  }

  private mutating func input(_ entry: DocumentEntries.Entry) -> FlowInput? {
    guard let symbol = symbol(entry.key) else {
      leaveOut(.providers)
      return nil
    }
    var input = FlowInput(symbol: symbol, span: entry.key.span)
    let short = entry.value.text.flatMap(ValueType.init)
    guard
      let fields = fields(
        of: entry.value, .input, as: "input '\(symbol)'",
        help: "write '{ type: \((short ?? .string).rawValue) }'")
    else {
      input.type = short
      return input
    }
    input.type = word(fields["type"], "a type", as: ValueType.self)
    input.summary = description(fields["description"])
    input.pattern = pattern(fields["pattern"], of: input)
    if let node = fields["default"] {
      input.defaultValue = defaultValue(node, of: input)
    }
    return input
  }

  private mutating func pattern(_ node: DocumentNode?, of input: FlowInput) -> InputPattern? {
    guard let node, let source = text(node, "a regular expression") else { return nil }
    if let type = input.type, type != .string {
      report(
        "wrong-value",
        "only a string has a pattern, and '\(input.symbol)' is of type \(type.rawValue)",
        at: node.span, help: "drop the pattern, or make the input a string")
      return nil
    }
    switch InputPattern.parse(source) {
    case .success(let pattern):
      return pattern
    case .failure(let error):
      report([error], in: node)
      return nil
    }
  }

  private mutating func defaultValue(_ node: DocumentNode, of input: FlowInput) -> FlowValue? {
    guard let value = constant(node, in: "default") else { return nil }
    if let problem = input.problem(with: value) {
      report(
        "wrong-value", "the default of '\(input.symbol)' \(problem)", at: node.span,
        help: help(for: value, at: node, of: input))
    }
    return value
  }

  /// What to do about a default that an input can't have.
  private func help(for value: FlowValue, at node: DocumentNode, of input: FlowInput) -> String {
    if case .string = value, input.pattern != nil {
      return "change the default, or the input's pattern"
    }
    let isUnquoted = node.kind == .scalar && !node.isNull && node.style == .plain
    return input.type == .string && isUnquoted
      ? "put it in quotes, or change the input's type"
      : "change the default, or the input's type"
  }
}

extension FlowInput {
  /// Why a value can't be this input's, as a phrase that follows its name; `nil` if it can.
  public func problem(with value: FlowValue) -> String? {
    if let type, !type.accepts(value) {
      return "must be of type \(type.rawValue), and is of type \(value.kind)"
    }
    if let pattern {
      guard case .string(let text) = value else { return "must be a string" }
      if !pattern.matches(text) {
        return "must match \(pattern.source) as a whole, and is \(QuotedName.of(text))"
      }
    }
    return nil
  }
}
