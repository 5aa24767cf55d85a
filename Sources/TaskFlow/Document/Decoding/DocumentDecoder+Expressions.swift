import FlowDiagnostics

/// What the names in a task's expressions stand for.
struct ExpressionScope {
  /// The symbols that rebound arguments are read from, by the task's own name for them.
  var rebound: [String: String] = [:]

  /// Symbols of which the task has values of its own, so that an input's type says nothing about them.
  var injected: Set<String> = []

  /// Names that have a value without being required.
  var given: [String] = []

  init(arguments: [Requirement] = [], injected: Set<String> = [], given: [String] = []) {
    self.injected = injected
    self.given = given
    for argument in arguments where argument.parameter != argument.symbol {
      rebound[argument.parameter] = argument.symbol
    }
  }

  func symbol(of name: String) -> String { rebound[name] ?? name }
}

extension DocumentDecoder {
  mutating func report(_ errors: [ExpressionError], in node: DocumentNode) {
    for error in errors {
      report(
        "wrong-value", error.message, at: node.span(ofCharacters: error.range), help: error.help)
    }
  }

  /// Reads a text with `${{ … }}` in it, and what that reads.
  mutating func template(
    _ text: String, in node: DocumentNode, _ scope: ExpressionScope, result: ValueType? = nil
  ) -> (template: FlowTemplate, reads: [Requirement])? {
    switch FlowTemplate.parse(text) {
    case .success(let template):
      let symbols = template.symbols
      let types = types(of: symbols, in: scope)
      report(template.check(types: types, result: result), in: node)
      let demands = template.demands(types: types, result: result)
      return (template, requirements(symbols, demands, types, in: node, scope))
    case .failure(let failure):
      report(failure.errors, in: node)
      return nil
    }
  }

  /// Reads an expression that is true or false, and what that reads.
  mutating func question(
    _ text: String, in node: DocumentNode, _ scope: ExpressionScope
  ) -> (expression: FlowExpression, reads: [Requirement])? {
    switch FlowExpression.parse(text) {
    case .success(let expression):
      let symbols = expression.symbols
      let types = types(of: symbols, in: scope)
      report(expression.check(types: types, result: .bool), in: node)
      let demands = expression.demands(types: types, result: .bool)
      return (expression, requirements(symbols, demands, types, in: node, scope))
    case .failure(let failure):
      report(failure.errors, in: node)
      return nil
    }
  }

  /// - Parameter known: the types of inputs, which have been checked here already.
  private func requirements(
    _ symbols: [ExpressionSymbol], _ demands: [String: SymbolType], _ known: [String: ValueType],
    in node: DocumentNode, _ scope: ExpressionScope
  ) -> [Requirement] {
    let given = Set(symbols.isEmpty ? [] : scope.given)
    return symbols.filter { !given.contains($0.name) }.map { symbol in
      Requirement(
        parameter: symbol.name, symbol: scope.symbol(of: symbol.name),
        isOptional: symbol.isOptional,
        type: known[symbol.name] == nil ? demands[symbol.name] : nil,
        span: node.span(ofCharacters: symbol.range))
    }
  }

  func types(
    of symbols: [ExpressionSymbol], in scope: ExpressionScope
  ) -> [String: ValueType] {
    let given = Set(symbols.isEmpty ? [] : scope.given)
    var types: [String: ValueType] = [:]
    for name in symbols.map(\.name) where !given.contains(name) {
      let symbol = scope.symbol(of: name)
      if !scope.injected.contains(symbol) { types[name] = defaults.inputTypes[symbol] }
    }
    return types
  }

  /// Decodes `description:`. What is in `${{ … }}` is checked; it is filled in as far as the file itself
  /// says the values (``FlowTemplate/filled(in:by:)``), since nothing else is known when it is shown.
  mutating func description(_ node: DocumentNode?) -> String? {
    guard let node, let text = text(node, "a description") else { return nil }
    if text.firstTemplate != nil { _ = template(text, in: node, ExpressionScope()) }
    return text
  }

  // MARK: Where nothing is evaluated

  /// A value of any kind in which nothing is evaluated.
  ///
  /// - Parameter key: the key whose value it is.
  mutating func constant(_ node: DocumentNode, in key: String) -> FlowValue? {
    let (value, found) = node.flowValue()
    for finding in found {
      report(finding.rule, finding.message, at: finding.span, help: finding.help)
    }
    var open = [node]
    while let node = open.popLast() {
      if let text = node.text, text.utf8.contains(UInt8(ascii: "$")) {
        if key == "set" {
          refuseTemplate(
            text, in: node, "nothing is evaluated inside a list or a map",
            help: "set it by itself, or make the whole value one expression: ${{ [a, b] }}")
        } else {
          refuseTemplate(
            text, in: node, "nothing is evaluated in '\(key)'",
            help: "expressions work in 'set', 'when', 'wait' and 'description'")
        }
      }
      open += node.items
      open += node.entries.map(\.value)
    }
    return value
  }

  /// Reports the first `${{` of a text, since whoever wrote it means more than the text.
  mutating func refuseTemplate(
    _ text: String, in node: DocumentNode, _ message: String, help: String
  ) {
    guard let place = text.firstTemplate else { return }
    let start = text.unicodeScalars.distance(from: text.startIndex, to: place)
    report("wrong-value", message, at: node.span(ofCharacters: start..<start + 3), help: help)
  }
}
