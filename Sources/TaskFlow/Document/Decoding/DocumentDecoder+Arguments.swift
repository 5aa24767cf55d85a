import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes `requires:` or `optional:`: a list of symbols, or a map of local names to symbols.
  mutating func requirements(_ node: DocumentNode?, isOptional: Bool = false) -> [Requirement] {
    guard let node else { return [] }
    switch node.kind {
    case .sequence:
      return node.items.compactMap { item in
        guard let symbol = symbol(item) else { return nil }
        return Requirement(symbol: symbol, isOptional: isOptional, span: item.span)
      }
    case .mapping:
      return node.entries.compactMap { entry in
        guard let parameter = symbol(entry.key), let symbol = symbol(entry.value) else {
          return nil
        }
        return Requirement(
          parameter: parameter, symbol: symbol, isOptional: isOptional, span: entry.value.span)
      }
    case .scalar:
      let help = node.isNull ? nil : "write it in brackets: [\(node.text ?? "")]"
      reject(node, expected: "a list of symbols, or a map of local names to symbols", help: help)
      // What is meant is plain, so nothing that depends on it is left out.
      guard let text = node.value(as: String.self), NameRules.problem(inSymbol: text) == nil else {
        leaveOut(.order)
        return []
      }
      return [Requirement(symbol: text, isOptional: isOptional, span: node.span)]
    }
  }

  /// Reports each local name that an earlier argument has, and keeps the first.
  mutating func unique(_ requirements: [Requirement]) -> [Requirement] {
    if requirements.count < 2 { return requirements }
    // Of two names no dictionary is needed, as most tasks have.
    if requirements.count == 2, requirements[0].parameter != requirements[1].parameter {
      return requirements
    }
    var first: [String: SourceSpan] = [:]
    return requirements.filter { requirement in
      guard let earlier = first[requirement.parameter] else {
        first[requirement.parameter] = requirement.span
        return true
      }
      report(
        "wrong-value", "'\(requirement.parameter)' is named twice", at: requirement.span,
        help: "name it once",
        related: [Finding.Related(span: earlier, message: "it is named here first")])
      return false
    }
  }

  /// Decodes `inject:`, a map of symbols to values of the task's own.
  mutating func injections(
    _ node: DocumentNode?
  ) -> [(injection: TaskTraits.Injection, span: SourceSpan)] {
    guard let node else { return [] }
    guard node.kind == .mapping else {
      reject(node, expected: "a map of symbols to values")
      leaveOut(.providers)
      return []
    }
    return node.entries.compactMap { entry in
      guard let symbol = symbol(entry.key), let value = constant(entry.value, in: "inject") else {
        leaveOut(.providers)
        return nil
      }
      return (TaskTraits.Injection(symbol: symbol, value: BoxedValue(value)), entry.key.span)
    }
  }

  /// What a task provides, and where each symbol's value is taken from.
  struct Provided {
    var provision = Provision.nothing
    var captures: [CommandAction.Capture] = []
  }

  /// Decodes `provides:` in its three forms.
  mutating func provides(_ node: DocumentNode?) -> Provided {
    guard let node else { return Provided() }
    switch node.kind {
    case .scalar:
      guard let symbol = symbol(node) else {
        leaveOut(.providers)
        return Provided()
      }
      let item = Provision.Item(symbol: symbol, type: SymbolType(.string), span: node.span)
      return Provided(
        provision: Provision(form: .whole, items: [item]), captures: [.standardOutput])
    case .sequence:
      let items = unique(
        node.items.compactMap { item in
          if let symbol = symbol(item) { return Provision.Item(symbol: symbol, span: item.span) }
          leaveOut(.providers)
          return nil
        })
      return Provided(
        provision: Provision(form: .keys, items: items), captures: items.map { _ in .outputFile })
    case .mapping:
      return captures(node)
    }
  }

  private mutating func captures(_ node: DocumentNode) -> Provided {
    var items: [Provision.Item] = []
    var captures: [CommandAction.Capture] = []
    for entry in node.entries {
      guard let symbol = symbol(entry.key) else {
        leaveOut(.providers)
        continue
      }
      let (capture, type) = source(of: symbol, entry)
      items.append(
        Provision.Item(
          symbol: symbol, type: type.map { SymbolType($0) }, span: entry.key.span))
      captures.append(capture ?? .standardOutput)
    }
    return Provided(
      provision: Provision(form: .keys, items: unique(items), isComplete: true), captures: captures)
  }

  /// Decodes where a symbol's value is taken from, and of which type it is, as far as that can be read.
  private mutating func source(
    of symbol: String, _ entry: DocumentEntries.Entry
  ) -> (CommandAction.Capture?, ValueType?) {
    guard entry.value.kind == .mapping else {
      let capture = capture(entry.value)
      return (capture, capture?.type)
    }
    guard let fields = fields(of: entry.value, .provided, as: "provided '\(symbol)'") else {
      return (nil, nil)
    }
    let type = word(fields["type"], "a type", as: ValueType.self)
    guard let from = fields["from"] else {
      if !fields.mayHaveMeant(["from"]) {
        report(
          "wrong-value", "provided '\(symbol)' does not say where it is taken from",
          at: entry.key.span, help: "add 'from: stdout'")
      }
      return (nil, type)
    }
    let capture = capture(from)
    if let type, let known = capture?.type, known != .string, known != type {
      report(
        "wrong-value", "'\(from.text ?? "")' is \(known.withArticle), never \(type.withArticle)",
        at: fields["type"]?.span ?? from.span,
        help: "drop the type, or take the value from 'stdout'")
    }
    let isTold = fields["type"] != nil || fields.mayHaveMeant(["type"])
    return (capture, isTold ? type : capture?.type)
  }

  private mutating func capture(_ node: DocumentNode) -> CommandAction.Capture? {
    let prefix = DocumentKeys.filePrefix
    switch node.text {
    case "stdout": return .standardOutput
    case "stdout.json": return .standardOutputJSON
    case "stdout.lines": return .standardOutputLines
    case "exit": return .exitCode
    case let text? where text.hasPrefix(prefix) && text.utf8.count > prefix.utf8.count:
      refuseNUL(in: text, at: node)
      return .file(String(text.dropFirst(prefix.count)))
    default:
      let words = DocumentKeys.captureWords + ["\(prefix)PATH"]
      let near = node.text.flatMap { Suggestion.nearest(to: $0, among: words) }
      reject(
        node, expected: "where the value is taken from: \(words.joined(separator: ", "))",
        help: near.map { "did you mean '\($0)'?" })
      return nil
    }
  }

  private mutating func unique(_ items: [Provision.Item]) -> [Provision.Item] {
    if items.count < 2 { return items }
    var first: [String: SourceSpan] = [:]
    for item in items {
      if let earlier = first[item.symbol] {
        report(
          "wrong-value", "'\(item.symbol)' is provided twice", at: item.span,
          help: "provide it once",
          related: [Finding.Related(span: earlier, message: "it is provided here first")])
      }
      first[item.symbol] = first[item.symbol] ?? item.span
    }
    return items.uniqued(by: \.symbol)
  }
}

extension CommandAction.Capture {
  /// The type of what is captured, where it is known.
  var type: ValueType? {
    switch self {
    case .standardOutput, .file: .string
    case .standardOutputLines: .list
    case .exitCode: .int
    case .standardOutputJSON, .outputFile: nil
    }
  }
}
