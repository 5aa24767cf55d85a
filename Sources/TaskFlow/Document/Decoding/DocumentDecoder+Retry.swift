import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes `retry:`.
  ///
  /// - Parameter owner: the flow or task that is retried.
  mutating func retry(_ node: DocumentNode?, of owner: String) -> RetryController? {
    guard let node else { return nil }
    let name = Self.controllerName(of: owner)
    switch node.text {
    case "never":
      return RetryController(name: name, strategy: .alwaysRevert, span: node.span)
    case "never-all":
      return RetryController(name: name, strategy: .alwaysRevertAll, span: node.span)
    case let text? where !text.isEmpty:
      let near = Suggestion.nearest(to: text, among: DocumentKeys.neverWords)
      reject(
        node, expected: "'never', 'never-all', or a mapping with 'times', 'retries' or 'for_each'",
        help: near.map { "did you mean '\($0)'?" }
          ?? "write 'retry: { times: \(Int(text) ?? 3) }'")
      return nil
    default:
      break
    }
    guard let fields = fields(of: node, .retry) else {
      leaveOut(.providers)
      return nil
    }
    guard let (strategy, requirements) = strategy(fields, at: node) else {
      // It provides something all the same, so nothing that reads that is left out.
      _ = backoff(fields["backoff"])
      return RetryController(
        name: name, strategy: .alwaysRevert,
        provision: provision(fields["provides"], by: .alwaysRevert), span: node.span)
    }
    var controller = RetryController(
      name: name, strategy: strategy, requirements: requirements, span: node.span)
    controller.provision = provision(fields["provides"], by: strategy)
    controller.backoff = backoff(fields["backoff"])
    let end = word(fields["exhausted"], "what follows when no attempt is left", as: Exhaustion.self)
    controller.revertsAll = end == .revertAll
    return controller
  }

  /// What the controller of a flow or task is called.
  static func controllerName(of owner: String) -> String { "\(owner).retry" }

  private mutating func strategy(
    _ fields: DocumentFields, at node: DocumentNode
  ) -> (RetryController.Strategy, [Requirement])? {
    let words = DocumentKeys.attempts
    let given = words.filter { fields[$0] != nil }
    if given.isEmpty {
      if fields.mayHaveMeant(words) { return nil }
      report(
        "wrong-value", "the retry does not say how often", at: node.span,
        help: "write one of 'times: N', 'retries: N' and 'for_each: LIST'")
      return nil
    }
    for other in given.dropFirst() {
      report(
        "wrong-value", "'\(other)' says again how often to try",
        at: fields.span(ofKey: other) ?? node.span, help: "keep one of the two",
        related: fields.span(ofKey: given[0]).map {
          [Finding.Related(span: $0, message: "'\(given[0])' says it first")]
        } ?? [])
    }
    let most = DocumentKeys.mostAttempts
    if let times = fields["times"] {
      guard let attempts = integer(times, "how often to try", in: 1...most) else { return nil }
      return (.times(attempts: attempts), [])
    }
    if let retries = fields["retries"] {
      guard let again = integer(retries, "how often to try again", in: 0...most) else { return nil }
      return (.times(attempts: again + 1), [])
    }
    return fields["for_each"].flatMap { forEach($0) }
  }

  private mutating func forEach(
    _ node: DocumentNode
  ) -> (RetryController.Strategy, [Requirement])? {
    guard node.kind == .sequence else {
      guard node.kind == .scalar, !node.isNull else {
        reject(node, expected: "a list of values, or the name of a symbol that is one")
        return nil
      }
      guard let symbol = symbol(node) else { return nil }
      let requirement = Requirement(
        parameter: "values", symbol: symbol, type: SymbolType(ValueType.list), span: node.span)
      return (.parameterizedForEach, [requirement])
    }
    guard case .list(let values) = constant(node, in: "for_each") else { return nil }
    if values.isEmpty {
      report(
        "wrong-value", "there are no values to try", at: node.span, help: "list at least one value")
    }
    return (.forEach(values.map { BoxedValue($0) }), [])
  }

  private mutating func provision(
    _ node: DocumentNode?, by strategy: RetryController.Strategy
  ) -> Provision {
    guard let node, let symbol = symbol(node) else {
      if node != nil { leaveOut(.providers) }
      return .nothing
    }
    let type: SymbolType? =
      switch strategy {
      case .times: SymbolType(ValueType.int)
      case .forEach(let values): Self.commonType(of: values)
      default: nil
      }
    return Provision(
      form: .whole, items: [Provision.Item(symbol: symbol, type: type, span: node.span)])
  }

  /// The type that all of the values have, if they have one in common.
  private static func commonType(of values: [BoxedValue]) -> SymbolType? {
    let kinds = Set(values.map { ($0.base as? FlowValue)?.kind })
    guard kinds.count == 1, let kind = kinds.first ?? nil else { return nil }
    return ValueType(rawValue: kind).map { SymbolType($0) }
  }

  private mutating func backoff(_ node: DocumentNode?) -> Backoff? {
    guard let node else { return nil }
    if node.kind == .scalar {
      return duration(node, "a pause").map { Backoff(initial: $0, factor: 1, maximum: $0) }
    }
    guard let fields = fields(of: node, .backoff) else { return nil }
    guard let initial = duration(fields["initial"], "the first pause") else {
      if fields["initial"] == nil, !fields.mayHaveMeant(["initial"]) {
        report(
          "wrong-value", "the backoff does not say how long the first pause is", at: node.span,
          help: "add 'initial: 10s'")
      }
      return nil
    }
    var backoff = Backoff(initial: initial)
    if let factor = fields["factor"] {
      if let number = factor.value(as: Double.self), DocumentKeys.factors.contains(number) {
        backoff.factor = number
      } else {
        reject(factor, expected: "a factor from 1 to 1000")
      }
    }
    if let longest = duration(fields["max"], "the longest pause") { backoff.maximum = longest }
    if let jitter = word(fields["jitter"], "a jitter", as: Backoff.Jitter.self) {
      backoff.jitter = jitter
    }
    if backoff.maximum < backoff.initial {
      let span = fields["max"]?.span ?? node.span
      report(
        "wrong-value", "the longest pause is shorter than the first", at: span,
        help: "make 'max' at least 'initial'")
    }
    return backoff
  }
}
