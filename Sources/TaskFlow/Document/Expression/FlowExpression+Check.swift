extension FlowExpression {
  /// The mistakes that show without any value: `types` are the types that symbols are known to have.
  ///
  /// A symbol that `types` lacks may be anything. What is found here fails whenever that part
  /// counts; what is not found may still fail, since the elements of lists and maps have no types.
  /// `result` is the type that the place of the expression asks for, such as `bool` for `when`.
  public func check(
    types: [String: ValueType], result: ValueType? = nil
  ) -> [ExpressionError] {
    var checker = ExpressionTypes(types: types, nodes: nodes)
    checker.inferAll()
    if let wanted = result, let found = checker.found.last, !found.mayBe([wanted]),
      let range = nodes.last?.range
    {
      checker.errors.append(
        ExpressionError("expected \(wanted.withArticle), found \(found.words)", at: range))
    }
    return checker.errors
  }

  /// The type of the expression's value, or nil when it depends on the values.
  public func inferredType(types: [String: ValueType]) -> ValueType? {
    guard case .value(let type)? = inferredTypes(types: types).last else { return nil }
    return type
  }

  /// What is known about the type of each part.
  func inferredTypes(types: [String: ValueType]) -> [InferredType] {
    var checker = ExpressionTypes(types: types, nodes: nodes)
    checker.inferAll()
    return checker.found
  }
}

/// What is known about the type of a part.
enum InferredType: Equatable {
  case unknown
  case null
  case value(ValueType)

  var words: String {
    switch self {
    case .unknown: "a value"
    case .null: "null"
    case .value(let type): type.withArticle
    }
  }

  /// Whether a value of this may be one of `types`; an int may stand for a float.
  func mayBe(_ types: [ValueType]) -> Bool {
    switch self {
    case .unknown: true
    case .null: false
    case .value(.int): types.contains(.int) || types.contains(.float)
    // What is declared as a float may be the int 3.
    case .value(.float): types.contains(.int) || types.contains(.float)
    case .value(let type): types.contains(type)
    }
  }

  func isComparable(with other: InferredType, inOrder: Bool) -> Bool {
    switch (self, other) {
    case (.unknown, .value(let type)), (.value(let type), .unknown):
      !inOrder || [.int, .float, .string].contains(type)
    case (.value(let left), .value(let right)):
      mayBe([right]) && (!inOrder || [.int, .float, .string].contains(left))
    case (.unknown, .unknown): true
    case (.null, _), (_, .null): !inOrder
    }
  }
}

private struct ExpressionTypes {
  let types: [String: ValueType]
  let nodes: [ExpressionNode]
  var found: [InferredType] = []
  var errors: [ExpressionError] = []

  init(types: [String: ValueType], nodes: [ExpressionNode]) {
    self.types = types
    self.nodes = nodes
  }

  mutating func inferAll() {
    for node in nodes { found.append(infer(node)) }
  }

  private mutating func infer(_ node: ExpressionNode) -> InferredType {
    switch node.kind {
    case .literal(let value):
      return ValueType(rawValue: value.kind).map(InferredType.value) ?? .null
    case .symbol(let name): return types[name].map(InferredType.value) ?? .unknown
    case .list: return .value(.list)
    case .element(let base, let key):
      checkElement(of: base, key: key)
      return .unknown
    case .not(let operand):
      require([.bool], operand)
      return .value(.bool)
    case .and(let left, let right), .or(let left, let right):
      require([.bool], left)
      require([.bool], right)
      return .value(.bool)
    case .compare(let sign, let left, let right):
      checkComparison(sign, left, right, node.range)
      return .value(.bool)
    case .length(let operand):
      require([.string, .list, .map], operand)
      return .value(.int)
    case .fallback(let first, let second):
      if found[first] == .null { return found[second] }
      return found[first] == found[second] ? found[first] : .unknown
    case .json: return .value(.string)
    case .invalid: return .unknown
    }
  }

  private mutating func require(_ wanted: [ValueType], _ operand: Int) {
    if found[operand].mayBe(wanted) { return }
    let words = wanted.map(\.withArticle).joined(separator: " or ")
    errors.append(
      ExpressionError(
        "expected \(words), found \(found[operand].words)", at: nodes[operand].range))
  }

  private mutating func checkElement(of base: Int, key: Int) {
    guard found[base] == .null || found[base].mayBe([.list, .map]) else {
      errors.append(
        ExpressionError("\(found[base].words) has no elements", at: nodes[base].range))
      return
    }
    switch found[base] {
    case .value(.list) where !found[key].mayBe([.int]):
      errors.append(
        ExpressionError("the elements of a list have numbers, not keys", at: nodes[key].range))
    case .value(.map) where !found[key].mayBe([.string]):
      errors.append(
        ExpressionError("the elements of a map have keys, not numbers", at: nodes[key].range))
    default:
      require([.int, .string], key)
    }
  }

  private mutating func checkComparison(
    _ sign: ExpressionNode.Comparison, _ left: Int, _ right: Int, _ range: Range<Int>
  ) {
    if found[left].isComparable(with: found[right], inOrder: sign.isOrder) { return }
    let kinds = "\(found[left].words) and \(found[right].words)"
    errors.append(
      ExpressionError("\(kinds) cannot be compared with '\(sign.rawValue)'", at: range))
  }
}
