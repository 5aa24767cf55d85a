import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes `retry:`.
  ///
  /// - Parameter owner: the flow or task that is retried.
  mutating func retry(_ node: DocumentNode?, of owner: String) -> RetryController? {
    guard let node else { return nil }
    let name = "\(owner).retry"
    switch node.text {
    case "never":
      return RetryController(name: name, strategy: .alwaysRevert, span: node.span)
    case "never-all":
      return RetryController(name: name, strategy: .alwaysRevertAll, span: node.span)
    case let text? where !text.isEmpty:
      let near = Suggestion.nearest(to: text, among: ["never", "never-all"])
      reject(
        node, expected: "'never', 'never-all', or a mapping with 'times', 'retries' or 'for_each'",
        help: near.map { "did you mean '\($0)'?" } ?? "write 'retry: { times: 3 }'")
      return nil
    default:
      break
    }
    guard let fields = fields(of: node, "a retry", keys: DocumentKeys.retry) else { return nil }
    guard let (strategy, requirements) = strategy(fields, at: node) else { return nil }
    var controller = RetryController(
      name: name, strategy: strategy, requirements: requirements, span: node.span)
    controller.provision = provision(fields["provides"], by: strategy)
    controller.backoff = backoff(fields["backoff"])
    let end = word(fields["exhausted"], "what follows when no attempt is left", as: Exhausted.self)
    controller.revertsAll = end == .revertAll
    return controller
  }

  private enum Exhausted: String, CaseIterable {
    case revert
    case revertAll = "revert-all"
  }

  private mutating func strategy(
    _ fields: [String: DocumentNode], at node: DocumentNode
  ) -> (RetryController.Strategy, [Requirement])? {
    let given = ["times", "retries", "for_each"].filter { fields[$0] != nil }
    guard given.count == 1 else {
      report(
        "flow-format",
        given.isEmpty
          ? "the retry does not say how often" : "'\(given[1])' says again how often to try",
        at: given.isEmpty ? node.span : fields[given[1]]?.span ?? node.span,
        help: "write one of 'times: N', 'retries: N' and 'for_each: LIST'")
      leaveOut()
      return nil
    }
    let most = 1_000_000
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
      guard node.kind == .scalar, !node.isNull, let symbol = symbol(node) else {
        reject(node, expected: "a list of values, or the name of a symbol that is one")
        leaveOut()
        return nil
      }
      let requirement = Requirement(
        parameter: "values", symbol: symbol, type: SymbolType(ValueType.list), span: node.span)
      return (.parameterizedForEach, [requirement])
    }
    let (value, found) = node.flowValue()
    for finding in found { report(finding.rule, finding.message, at: finding.span) }
    guard case .list(let values) = value else { return nil }
    if values.isEmpty {
      report(
        "flow-format", "there are no values to try", at: node.span, help: "list at least one value")
    }
    return (.forEach(values.map { BoxedValue($0) }), [])
  }

  private mutating func provision(
    _ node: DocumentNode?, by strategy: RetryController.Strategy
  ) -> Provision {
    guard let node, let symbol = symbol(node) else { return .nothing }
    let type: SymbolType? = if case .times = strategy { SymbolType(ValueType.int) } else { nil }
    return Provision(
      form: .whole, items: [Provision.Item(symbol: symbol, type: type, span: node.span)])
  }

  private mutating func backoff(_ node: DocumentNode?) -> Backoff? {
    guard let node else { return nil }
    if node.kind == .scalar {
      return duration(node, "a pause").map { Backoff(initial: $0, factor: 1, maximum: $0) }
    }
    guard let fields = fields(of: node, "a backoff", keys: DocumentKeys.backoff) else { return nil }
    guard let initial = duration(fields["initial"], "the first pause") else {
      if fields["initial"] == nil {
        report(
          "flow-format", "the backoff does not say how long the first pause is", at: node.span,
          help: "add 'initial: 10s'")
      }
      return nil
    }
    var backoff = Backoff(initial: initial)
    if let factor = fields["factor"] {
      if let number = factor.value(as: Double.self), number >= 1, number <= 1_000 {
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
        "flow-format", "the longest pause is shorter than the first", at: span,
        help: "make 'max' at least 'initial'")
    }
    return backoff
  }
}
