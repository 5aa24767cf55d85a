import FlowDiagnostics

extension FlowExpression {
  /// The value of the expression, with the values that `lookup` has for its symbols.
  ///
  /// Each part is evaluated exactly once, in one pass, so the cost is bounded by the expression's length
  /// and the size of the values. A failure is carried along as the part's result: `&&`, `||` and
  /// `default()` drop those that do not matter.
  ///
  /// - Throws: The failure, when a symbol or element is not there and no `default()` stands for it, a
  ///   value has the wrong type, or a text becomes longer than ``maximumTextLength``.
  public func evaluate(
    _ lookup: (String) -> FlowValue?
  ) throws(ExpressionFailure) -> FlowValue {
    var evaluation = ExpressionEvaluation(nodes: nodes)
    for node in nodes { evaluation.add(node, lookup) }
    guard let result = evaluation.results.last else { return .null }
    return try result.get()
  }
}

/// An evaluation that has come as far as it has results.
private struct ExpressionEvaluation {
  let nodes: [ExpressionNode]
  private(set) var results: [Result<FlowValue, ExpressionFailure>] = []

  init(nodes: [ExpressionNode]) {
    self.nodes = nodes
    results.reserveCapacity(nodes.count)
  }

  mutating func add(_ node: ExpressionNode, _ lookup: (String) -> FlowValue?) {
    do throws(ExpressionFailure) {
      results.append(.success(try value(of: node, lookup)))
    } catch {
      results.append(.failure(error))
    }
  }

  private func value(
    of node: ExpressionNode, _ lookup: (String) -> FlowValue?
  ) throws(ExpressionFailure) -> FlowValue {
    switch node.kind {
    case .literal(let value): return value
    case .symbol(let name):
      guard let value = lookup(name) else { throw failure(.absent, "'\(name)' has no value") }
      return value
    case .list(let items):
      var values: [FlowValue] = []
      for item in items { values.append(try results[item].get()) }
      return .list(values)
    case .element(let base, let key): return try element(of: base, key: key)
    case .not(let operand): return .bool(!(try bool(operand)))
    case .and(let left, let right): return .bool(try bool(left) ? bool(right) : false)
    case .or(let left, let right): return .bool(try bool(left) ? true : bool(right))
    case .compare(let sign, let left, let right): return .bool(try compare(sign, left, right))
    case .length(let operand): return .int(try length(operand))
    case .fallback(let first, let second): return try fallback(first, second)
    case .json(let operand): return .string(try json(operand))
    case .invalid: throw failure(.mistyped, "the call is not valid")
    }
  }

  private func failure(
    _ reason: ExpressionFailure.Reason, _ message: String, at place: Int? = nil
  ) -> ExpressionFailure {
    // The part being evaluated is the one that has no result yet.
    ExpressionFailure(
      reason: reason, message: message, range: nodes[place ?? results.count].range)
  }

  private func bool(_ operand: Int) throws(ExpressionFailure) -> Bool {
    let value = try results[operand].get()
    guard case .bool(let flag) = value else {
      throw failure(.mistyped, "expected a bool, found \(value.kindWithArticle)", at: operand)
    }
    return flag
  }

  private func element(of base: Int, key: Int) throws(ExpressionFailure) -> FlowValue {
    let container = try results[base].get()
    switch (container, try results[key].get()) {
    case (.map(let entries), .string(let name)):
      guard let value = entries[name] else {
        throw failure(.absent, "there is no key \(QuotedName.of(name))", at: key)
      }
      return value
    case (.list(let items), .int(let index)):
      guard items.indices.contains(index) else {
        throw failure(.absent, "there is no element \(index), only \(items.count)", at: key)
      }
      return items[index]
    case (.null, _):
      throw failure(.absent, "this is null and has no elements", at: base)
    case (_, let wanted):
      let by =
        if case .string(let name) = wanted { "key \(QuotedName.of(name))" } else { "element" }
      throw failure(.mistyped, "\(container.kindWithArticle) has no such \(by)", at: key)
    }
  }

  private func compare(
    _ sign: ExpressionNode.Comparison, _ left: Int, _ right: Int
  ) throws(ExpressionFailure) -> Bool {
    let first = try results[left].get()
    let second = try results[right].get()
    if sign.isOrder, let order = first.order(against: second) {
      return switch sign {
      case .less: order < 0
      case .lessOrEqual: order <= 0
      case .greater: order > 0
      default: order >= 0
      }
    }
    guard !sign.isOrder, first.isComparable(with: second) else {
      let kinds = "\(first.kindWithArticle) and \(second.kindWithArticle)"
      throw failure(.mistyped, "\(kinds) cannot be compared with '\(sign.rawValue)'")
    }
    return first.isEqual(to: second) == (sign == .equal)
  }

  private func length(_ operand: Int) throws(ExpressionFailure) -> Int {
    let value = try results[operand].get()
    switch value {
    case .string(let text): return text.unicodeScalars.count
    case .list(let items): return items.count
    case .map(let entries): return entries.count
    default: throw failure(.mistyped, "\(value.kindWithArticle) has no length", at: operand)
    }
  }

  private func fallback(_ first: Int, _ second: Int) throws(ExpressionFailure) -> FlowValue {
    switch results[first] {
    case .success(.null): try results[second].get()
    case .success(let value): value
    case .failure(let failure) where failure.reason == .absent: try results[second].get()
    case .failure(let failure): throw failure
    }
  }

  private func json(_ operand: Int) throws(ExpressionFailure) -> String {
    let value = try results[operand].get()
    guard let text = FlowValueJSON.text(of: value, limit: FlowExpression.maximumTextLength) else {
      throw failure(.tooLong, "the JSON text is longer than 1 MiB")
    }
    return text
  }
}
