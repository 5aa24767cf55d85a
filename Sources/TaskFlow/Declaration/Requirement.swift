public import FlowDiagnostics

/// One argument of an atom: the parameter's own name, and the symbol that it is read from.
public struct Requirement: Sendable, Hashable {
  /// The name that the atom's body has for it.
  public var parameter: String

  /// The symbol that it is read from; other than ``parameter`` when it is rebound.
  public var symbol: String

  /// Whether the atom can go without it.
  public var isOptional: Bool

  /// The type that the atom expects, if it says one.
  public var type: SymbolType?

  /// Where it is written.
  public var span: SourceSpan

  /// An argument that is read from `symbol`, called the same unless `parameter` is given.
  public init(
    parameter: String? = nil,
    symbol: String,
    isOptional: Bool = false,
    type: SymbolType? = nil,
    span: SourceSpan
  ) {
    self.parameter = parameter ?? symbol
    self.symbol = symbol
    self.isOptional = isOptional
    self.type = type
    self.span = span
  }
}
