import FlowDiagnostics

/// Turns tokens into parts, each after the parts that it is made of.
///
/// It calls itself for what is nested, never deeper than ``FlowExpression/maximumDepth``; chains of
/// operators, of `!` and of `.key` are loops.
struct ExpressionParser {
  let tokens: [ExpressionToken]
  private(set) var nodes: [ExpressionNode] = []
  private(set) var uses: [ExpressionSymbol] = []
  /// Mistakes that did not stop the reading.
  private(set) var errors: [ExpressionError] = []
  private var position = 0
  private var depth = 0
  /// How many first arguments of `default()` are being read.
  private var fallbacks = 0

  init(tokens: [ExpressionToken]) {
    self.tokens = tokens
  }

  mutating func parse() throws(ExpressionError) {
    _ = try disjunction()
    guard current.kind == .end else { throw unexpected("the end of the expression") }
  }

  private var current: ExpressionToken { tokens[position] }

  private mutating func take(_ sign: String) -> Bool {
    guard current.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ sign: String, closing opening: Range<Int>) throws(ExpressionError)
  {
    if take(sign) { return }
    if current.kind == .end {
      throw ExpressionError("this is not closed; '\(sign)' is missing", at: opening)
    }
    throw unexpected("'\(sign)'")
  }

  private func unexpected(_ expected: String) -> ExpressionError {
    let help: String? =
      switch current.kind {
      case .name("and"): "write '&&'"
      case .name("or"): "write '||'"
      case .name("not"): "write '!'"
      case .literal(.int(..<0)), .literal(.float(..<0)):
        "there is no arithmetic; compute the value in a task"
      default: nil
      }
    return ExpressionError(
      "expected \(expected), found \(current.found)", at: current.range, help: help)
  }

  private mutating func add(_ kind: ExpressionNode.Kind, _ range: Range<Int>) -> Int {
    nodes.append(ExpressionNode(kind: kind, range: range))
    return nodes.count - 1
  }

  private func span(_ left: Int, _ right: Int) -> Range<Int> {
    nodes[left].range.lowerBound..<nodes[right].range.upperBound
  }

  private mutating func disjunction() throws(ExpressionError) -> Int {
    var left = try conjunction()
    while take("||") {
      let right = try conjunction()
      left = add(.or(left, right), span(left, right))
    }
    return left
  }

  private mutating func conjunction() throws(ExpressionError) -> Int {
    var left = try comparison()
    while take("&&") {
      let right = try comparison()
      left = add(.and(left, right), span(left, right))
    }
    return left
  }

  private mutating func comparison() throws(ExpressionError) -> Int {
    let left = try negation()
    guard let sign = comparisonSign else { return left }
    position += 1
    let right = try negation()
    if comparisonSign != nil {
      throw ExpressionError(
        "comparisons don't chain", at: current.range,
        help: "join them with '&&', or use parentheses")
    }
    return add(.compare(sign, left, right), span(left, right))
  }

  private var comparisonSign: ExpressionNode.Comparison? {
    guard case .sign(let sign) = current.kind else { return nil }
    return ExpressionNode.Comparison(rawValue: sign)
  }

  private mutating func negation() throws(ExpressionError) -> Int {
    let first = position
    while take("!") {}
    let signs = first..<position
    var operand = try elements()
    for sign in signs.reversed() {
      let end = nodes[operand].range.upperBound
      operand = add(.not(operand), tokens[sign].range.lowerBound..<end)
    }
    return operand
  }

  private mutating func elements() throws(ExpressionError) -> Int {
    var base = try primary()
    while true {
      let opening = current.range
      let key: Int
      if take(".") {
        guard case .name(let name) = current.kind else {
          throw unexpected("a key after '.'")
        }
        key = add(.literal(.string(name)), current.range)
        position += 1
      } else if take("[") {
        key = try nested(opening)
        try expect("]", closing: opening)
      } else {
        return base
      }
      let end = tokens[position - 1].range.upperBound
      base = add(.element(of: base, key: key), nodes[base].range.lowerBound..<end)
    }
  }

  private mutating func primary() throws(ExpressionError) -> Int {
    let token = current
    switch token.kind {
    case .literal(let value):
      position += 1
      return add(.literal(value), token.range)
    case .name("true"), .name("false"), .name("null"):
      position += 1
      let value: FlowValue =
        token.kind == .name("null") ? .null : .bool(token.kind == .name("true"))
      return add(.literal(value), token.range)
    case .name(let name):
      position += 1
      return current.kind == .sign("(") ? try call(name, token.range) : symbol(name, token.range)
    case .sign("("):
      position += 1
      let inner = try nested(token.range)
      try expect(")", closing: token.range)
      return inner
    case .sign("["):
      position += 1
      let items = try list(until: "]", opening: token.range)
      return add(.list(items), token.range.lowerBound..<tokens[position - 1].range.upperBound)
    default:
      throw unexpected("a value")
    }
  }

  private mutating func symbol(_ name: String, _ range: Range<Int>) -> Int {
    if let problem = NameRules.problem(inSymbol: name) {
      errors.append(
        ExpressionError(
          problem.message, at: range, help: problem.suggestion.map { "write '\($0)'" }))
    }
    uses.append(ExpressionSymbol(name: name, range: range, isOptional: fallbacks > 0))
    return add(.symbol(name), range)
  }

  private mutating func nested(_ opening: Range<Int>) throws(ExpressionError) -> Int {
    guard depth < FlowExpression.maximumDepth else {
      throw ExpressionError(
        "nested more than \(FlowExpression.maximumDepth) deep", at: opening,
        help: "compute a part of it in a task of its own")
    }
    depth += 1
    defer { depth -= 1 }
    return try disjunction()
  }

  /// Reads values with commas between them, and the closing sign; a comma before it is allowed.
  private mutating func list(
    until closing: String, opening: Range<Int>, isDefault: Bool = false
  ) throws(ExpressionError) -> [Int] {
    var items: [Int] = []
    while !take(closing) {
      let isGuarded = isDefault && items.isEmpty
      if isGuarded { fallbacks += 1 }
      items.append(try nested(opening))
      if isGuarded { fallbacks -= 1 }
      if !take(",") {
        try expect(closing, closing: opening)
        break
      }
    }
    return items
  }

  private mutating func call(_ name: String, _ range: Range<Int>) throws(ExpressionError) -> Int {
    let opening = current.range
    position += 1
    let function = ExpressionFunction(rawValue: name)
    let items = try list(until: ")", opening: opening, isDefault: function == .default)
    let whole = range.lowerBound..<tokens[position - 1].range.upperBound
    guard let function else {
      let known = ExpressionFunction.allCases.map { "\($0.rawValue)()" }.joined(separator: ", ")
      let help = ExpressionFunction.nearest(to: name).map { "did you mean '\($0.rawValue)'?" }
      errors.append(
        ExpressionError(
          "unknown function \(QuotedName.of(name))", at: range, help: help ?? "there are \(known)"))
      return add(.invalid, whole)
    }
    guard items.count == function.argumentCount else {
      let count = function.argumentCount == 1 ? "one argument" : "two arguments"
      errors.append(
        ExpressionError(
          "'\(name)' takes \(count), not \(items.count)", at: whole, help: "write \(function.usage)"
        ))
      return add(.invalid, whole)
    }
    switch function {
    case .length: return add(.length(items[0]), whole)
    case .json: return add(.json(items[0]), whole)
    case .default: return add(.fallback(items[0], items[1]), whole)
    }
  }
}
