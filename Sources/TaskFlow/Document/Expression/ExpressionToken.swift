import FlowDiagnostics

/// A word or sign of an expression.
struct ExpressionToken: Hashable {
  enum Kind: Hashable {
    case name(String)
    case literal(FlowValue)
    /// `(`, `&&`, `<=` and the like.
    case sign(String)
    case end
  }

  let kind: Kind
  let range: Range<Int>

  /// How a message names it.
  var found: String {
    switch kind {
    case .name(let name): QuotedName.of(name)
    case .literal(let value): value.kindWithArticle
    case .sign(let sign): "'\(sign)'"
    case .end: "the end"
    }
  }
}

/// Splits an expression into tokens.
struct ExpressionLexer {
  let scalars: ArraySlice<Unicode.Scalar>
  /// What is added to an index to make it a position.
  let offset: Int
  var index: Int

  init(_ scalars: ArraySlice<Unicode.Scalar>, offset: Int) {
    self.scalars = scalars
    self.offset = offset
    index = scalars.startIndex
  }

  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    index + distance < scalars.endIndex ? scalars[index + distance] : nil
  }

  func range(from start: Int) -> Range<Int> { start + offset..<index + offset }

  /// All tokens, the end included.
  mutating func tokens() throws(ExpressionError) -> [ExpressionToken] {
    var tokens: [ExpressionToken] = []
    while let scalar = peek() {
      let start = index
      if scalar.properties.isWhitespace {
        index += 1
        continue
      }
      let kind = try token(scalar)
      tokens.append(ExpressionToken(kind: kind, range: range(from: start)))
    }
    tokens.append(ExpressionToken(kind: .end, range: range(from: index)))
    return tokens
  }

  private mutating func token(
    _ scalar: Unicode.Scalar
  ) throws(ExpressionError) -> ExpressionToken.Kind {
    switch scalar {
    case "\"", "'": return .literal(.string(try string()))
    case "0"..."9": return .literal(try number())
    case "-" where peek(1)?.isASCIIDigit == true: return .literal(try number())
    default:
      if scalar.isNameScalar { return .name(takeName()) }
      return .sign(try sign())
    }
  }

  private mutating func takeName() -> String {
    var name = String.UnicodeScalarView()
    while let scalar = peek(), scalar.isNameScalar || scalar.isASCIIDigit {
      name.append(scalar)
      index += 1
    }
    return NameRules.normalized(String(name))
  }

  private mutating func sign() throws(ExpressionError) -> String {
    for sign in ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", "."]
    where scalars[index...].starts(with: sign.unicodeScalars) {
      index += sign.unicodeScalars.count
      return sign
    }
    let start = index
    let scalar = scalars[index]
    index += 1
    let help: String? =
      switch scalar {
      case "=": "write '==' to compare"
      case "&": "write '&&'"
      case "|": "write '||'"
      case "+", "-", "*", "/", "%": "there is no arithmetic; compute the value in a task"
      case "{", "}": "there are no maps in expressions; let a task provide the map as JSON"
      case "$": "write the symbol's name alone"
      default: nil
      }
    throw ExpressionError(
      "unexpected \(scalar.shown) in an expression", at: range(from: start), help: help)
  }
}
