/// An expression as `when`, `set`, `wait` and `${{ … }}` have it: pure, total, without loops.
///
/// - Literals: `"text"` or `'text'` (escapes in both: `\\ \" \' \n \r \t \u{1F600}`), `3`, `-2.5`,
///   `true`, `false`, `null`, and lists `[a, 1]`.
/// - Symbols: `digest`; inside them `.key`, `["key"]` and `[0]`, where the bracket takes any
///   expression.
/// - `== != < <= > >=`: of two numbers, whether int or float, or of two values of one type; only
///   numbers and strings have an order, that of strings being by Unicode scalars. Anything may be
///   compared with `null` for equality. Other mixtures fail. Comparisons don't chain.
/// - `!`, then `&&`, then `||`, of bools only; what stands behind a `&&` or `||` that is decided
///   already may be without a value. Parentheses group.
/// - `length(x)`: the number of Unicode scalars, elements or entries.
/// - `default(x, y)`: `x`, or `y` when `x` or something inside it is not there or null.
/// - `json(x)`: the JSON text of `x`, as ``FlowValueJSON`` writes it in its compact style.
///
/// There is no arithmetic and no map literal. `${{` and `}}` around the whole are allowed.
public struct FlowExpression: Sendable, Hashable {
  /// How many Unicode scalars an expression may have.
  public static let maximumLength = 16_384

  /// How deep parentheses, lists, brackets and calls may be nested.
  public static let maximumDepth = 64

  /// How many bytes of UTF-8 a text may have that an expression or a template makes.
  public static let maximumTextLength = 1 << 20

  /// The text between the `${{` and `}}`, or the whole text.
  public let source: String

  /// The symbols that it reads, each once, in order of appearance.
  public let symbols: [ExpressionSymbol]

  /// Each part comes after the parts that it is made of, so that one pass in order evaluates it. The
  /// last one is the whole.
  let nodes: [ExpressionNode]

  /// Reads `text`, with or without `${{ … }}` around it.
  ///
  /// Misspelt functions, wrong numbers of arguments and symbols that are not in snake_case are all
  /// reported; of other mistakes the first.
  ///
  /// - Complexity: O(length of the text).
  public static func parse(_ text: String) -> Result<FlowExpression, ExpressionErrors> {
    let scalars = Array(text.unicodeScalars)
    let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
    guard scalars[start...].starts(with: FlowTemplate.opening) else {
      return parse(scalars[...])
    }
    return FlowTemplate.parse(text.trimmingSpace(), offset: start).flatMap { template in
      if let expression = template.wholeExpression { return .success(expression) }
      let error = ExpressionError(
        "one expression is expected here, and nothing beside its '${{ }}'",
        at: start..<scalars.count, help: "put all of it into one '${{ }}', or write it without")
      return .failure(ExpressionErrors(errors: [error]))
    }
  }

  /// Reads a part of a text; positions are indices of `scalars`, moved by `offset`.
  static func parse(
    _ scalars: ArraySlice<Unicode.Scalar>, offset: Int = 0
  ) -> Result<FlowExpression, ExpressionErrors> {
    var lexer = ExpressionLexer(scalars, offset: offset)
    do throws(ExpressionError) {
      guard scalars.count <= maximumLength else {
        throw ExpressionError(
          "the expression is longer than \(maximumLength) characters",
          at: scalars.startIndex + offset..<scalars.endIndex + offset)
      }
      var parser = ExpressionParser(tokens: try lexer.tokens())
      try parser.parse()
      guard parser.errors.isEmpty else {
        return .failure(ExpressionErrors(errors: parser.errors))
      }
      let source = String(String.UnicodeScalarView(scalars)).trimmingSpace()
      return .success(
        FlowExpression(
          source: source, symbols: ExpressionSymbol.merging(parser.uses), nodes: parser.nodes))
    } catch {
      return .failure(ExpressionErrors(errors: [error]))
    }
  }
}
