public import FlowDiagnostics

/// A value that a flow is given from outside.
public struct FlowInput: Sendable {
  /// The symbol.
  public var symbol: String

  /// The type, if one is declared.
  public var type: ValueType?

  /// The value when none is given; `nil` makes it required.
  public var defaultValue: FlowValue?

  /// What the whole text of a string must match.
  public var pattern: InputPattern?

  /// What it is for, in words.
  public var summary: String?

  /// Where it is declared.
  public var span: SourceSpan

  /// An input.
  public init(
    symbol: String, type: ValueType? = nil, defaultValue: FlowValue? = nil,
    pattern: InputPattern? = nil, summary: String? = nil, span: SourceSpan
  ) {
    self.symbol = symbol
    self.type = type
    self.defaultValue = defaultValue
    self.pattern = pattern
    self.summary = summary
    self.span = span
  }

  /// An input that tasks read by a typed symbol.
  public init<Value>(
    _ symbol: Symbol<Value>, defaultValue: FlowValue? = nil, summary: String? = nil,
    fileID: String = #fileID, line: Int = #line, column: Int = #column
  ) {
    self.init(
      symbol: symbol.name, type: ValueType(of: Value.self),
      defaultValue: defaultValue, summary: summary,
      span: SourceSpan(file: fileID, line: line, column: column))
  }
}

extension ValueType {
  /// The type that a document would give to values of a Swift type; `nil` where it has none.
  fileprivate init?<Value>(of type: Value.Type) {
    guard let symbolType = SymbolType(type) else { return nil }
    if let named = ValueType(rawValue: symbolType.name) {
      self = named
    } else if type is any ExpressibleByArrayLiteral.Type {
      self = .list
    } else if type is any ExpressibleByDictionaryLiteral.Type {
      self = .map
    } else {
      return nil
    }
  }
}
