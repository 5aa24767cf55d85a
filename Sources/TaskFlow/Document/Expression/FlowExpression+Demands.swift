extension FlowExpression {
  /// The types that symbols must have where the expression reads them, by their names: `x > 3` reads `x` as
  /// an int or float.
  ///
  /// A symbol of another type makes the part fail that it is in, whatever its value is. Of a symbol that is
  /// read in several ways the first one is given; one that may be anything is not among them, and neither
  /// is one inside `default()`.
  ///
  /// - Parameters:
  ///   - types: the types that other symbols are known to have.
  ///   - result: the type that the place of the expression asks for.
  /// - Complexity: O(length of the expression).
  package func demands(types: [String: ValueType], result: ValueType? = nil) -> [String: SymbolType]
  {
    var demands = ExpressionDemands(of: nodes, inferred: inferredTypes(types: types))
    demands.collect(result: result)
    return demands.found
  }
}

/// What the parts of an expression ask of the symbols in them.
private struct ExpressionDemands {
  private(set) var found: [String: SymbolType] = [:]

  private let nodes: [ExpressionNode]
  private let inferred: [InferredType]

  init(of nodes: [ExpressionNode], inferred: [InferredType]) {
    self.nodes = nodes
    self.inferred = inferred
  }

  mutating func collect(result: ValueType?) {
    for node in nodes {
      switch node.kind {
      case .not(let operand): demand([.bool], of: operand)
      case .and(let left, let right), .or(let left, let right):
        demand([.bool], of: left)
        demand([.bool], of: right)
      case .compare(let sign, let left, let right):
        demand(comparable(with: right, sign), of: left)
        demand(comparable(with: left, sign), of: right)
      case .length(let operand): demand([.string, .list, .map], of: operand)
      case .element(let base, let key):
        demand(containers(forKey: key), of: base)
        demand(keys(of: base), of: key)
      case .literal, .symbol, .list, .fallback, .json, .invalid: break
      }
    }
    if let result { demand([result], of: nodes.count - 1) }
  }

  /// Notes that a part must be of one of some types; any type if they are empty.
  private mutating func demand(_ types: [ValueType], of part: Int) {
    guard !types.isEmpty, nodes.indices.contains(part), case .symbol(let name) = nodes[part].kind,
      found[name] == nil
    else { return }
    found[name] = SymbolType(oneOf: types)
  }

  private func comparable(with other: Int, _ sign: ExpressionNode.Comparison) -> [ValueType] {
    switch inferred[other] {
    case .value(.int), .value(.float): [.int, .float]
    case .value(let type): [type]
    case .unknown: sign.isOrder ? [.int, .float, .string] : []
    case .null: []
    }
  }

  private func containers(forKey key: Int) -> [ValueType] {
    switch inferred[key] {
    case .value(.int), .value(.float): [.list]
    case .value(.string): [.map]
    default: [.list, .map]
    }
  }

  private func keys(of base: Int) -> [ValueType] {
    switch inferred[base] {
    case .value(.list): [.int, .float]
    case .value(.map): [.string]
    default: [.int, .float, .string]
    }
  }
}
