/// A text with `${{ … }}` in it, as `set`, `wait` and `description` have it.
///
/// A text that is exactly one `${{ … }}` stands for the expression's value itself, whatever its type.
/// Otherwise each expression is put into the text: a string as it is, everything else as JSON.
/// `$${{` stands for the text `${{`.
public struct FlowTemplate: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case text(String)
    case expression(FlowExpression)
  }

  /// The text that was parsed.
  public let source: String

  let parts: [Part]

  static let opening: [Unicode.Scalar] = ["$", "{", "{"]

  /// The expression, when the text is nothing but one.
  public var wholeExpression: FlowExpression? {
    guard parts.count == 1, case .expression(let expression) = parts[0] else { return nil }
    return expression
  }

  /// Whether there is no expression in it.
  public var isLiteral: Bool { expressions.isEmpty }

  /// The symbols that its expressions read, each once, in order of appearance.
  public var symbols: [ExpressionSymbol] {
    ExpressionSymbol.merging(expressions.flatMap(\.symbols))
  }

  private var expressions: [FlowExpression] {
    parts.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
  }

  /// The types that its expressions ask of symbols, as ``FlowExpression/demands(types:result:)`` gives them.
  package func demands(types: [String: ValueType], result: ValueType? = nil) -> [String: SymbolType]
  {
    if let wholeExpression { return wholeExpression.demands(types: types, result: result) }
    var demands: [String: SymbolType] = [:]
    for expression in expressions {
      demands.merge(expression.demands(types: types)) { first, _ in first }
    }
    return demands
  }

  /// Reads `text`; the mistakes of all its expressions are reported.
  ///
  /// - Complexity: O(length of the text).
  public static func parse(_ text: String) -> Result<FlowTemplate, ExpressionErrors> {
    parse(text, offset: 0)
  }

  /// Reads `text`, a part of a longer text that starts at `offset`.
  static func parse(
    _ text: String, offset: Int
  ) -> Result<FlowTemplate, ExpressionErrors> {
    var scanner = TemplateScanner(text, offset: offset)
    scanner.scan()
    guard scanner.errors.isEmpty else {
      return .failure(ExpressionErrors(errors: scanner.errors))
    }
    return .success(FlowTemplate(source: text, parts: scanner.parts))
  }

  /// The value of the text, with the values that `lookup` has for its symbols.
  ///
  /// - Throws: The first failure of its expressions; or that the text becomes longer than
  ///   ``FlowExpression/maximumTextLength``.
  public func evaluate(
    _ lookup: (String) -> FlowValue?
  ) throws(ExpressionFailure) -> FlowValue {
    if let wholeExpression { return try wholeExpression.evaluate(lookup) }
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .expression(let expression):
        text += try piece(of: expression, lookup, room: max(0, limit - text.utf8.count))
      }
    }
    return .string(text)
  }

  /// A long text of the document's own may stay; only what is added is bounded.
  private var limit: Int { FlowExpression.maximumTextLength + source.utf8.count }

  private func piece(
    of expression: FlowExpression, _ lookup: (String) -> FlowValue?, room: Int
  ) throws(ExpressionFailure) -> String {
    let value = try expression.evaluate(lookup)
    if case .string(let string) = value, string.utf8.count <= room { return string }
    if case .string = value {
    } else if let json = FlowValueJSON.text(of: value, limit: room) {
      return json
    }
    throw ExpressionFailure(
      reason: .tooLong, message: "the text becomes longer than 1 MiB",
      range: expression.nodes.last?.range ?? 0..<0)
  }

  /// The mistakes that show without any value, as ``FlowExpression/check(types:result:)`` finds them.
  public func check(types: [String: ValueType], result: ValueType? = nil) -> [ExpressionError] {
    if let wholeExpression { return wholeExpression.check(types: types, result: result) }
    var errors = expressions.flatMap { $0.check(types: types) }
    if let result, result != .string {
      errors.append(
        ExpressionError(
          "expected \(result.withArticle), found a text", at: 0..<source.unicodeScalars.count,
          help: "write one '${{ }}' and nothing beside it"))
    }
    return errors
  }
}
