public import FlowDiagnostics

/// What an atom provides, and which part of its result each symbol is.
///
/// The four forms are those of semantics 1.3: nothing; one name for the whole result; a list of names
/// for the result's elements; a set of names for the values at those keys.
public struct Provision: Sendable, Hashable {
  /// How a result is taken apart.
  public enum Form: Sendable, Hashable {
    /// One symbol is the whole result.
    case whole
    /// The symbols are the result's elements, in order.
    case elements
    /// Each symbol is the value at the key of its name.
    case keys
  }

  /// One symbol that is provided.
  public struct Item: Sendable, Hashable {
    /// The symbol.
    public var symbol: String

    /// The key of its value in a result that is taken apart by keys: the symbol's name, unless a matrix
    /// has changed that.
    public var key: String

    /// Its type, if it is known.
    public var type: SymbolType?

    /// Where it is written.
    public var span: SourceSpan

    /// A provided symbol.
    public init(
      symbol: String, key: String? = nil, type: SymbolType? = nil, span: SourceSpan
    ) {
      self.symbol = symbol
      self.key = key ?? symbol
      self.type = type
      self.span = span
    }
  }

  /// How a result is taken apart.
  public var form: Form

  /// The symbols, in declaration order; empty when the atom provides nothing.
  public var items: [Item]

  /// Whether each symbol has a value whenever the atom succeeded.
  ///
  /// A list or a set of keys that is taken from a value of unknown shape can lack some.
  public var isComplete: Bool

  /// A provision of `items`, taken from a result by `form`.
  public init(form: Form, items: [Item], isComplete: Bool = false) {
    self.form = form
    self.items = items
    self.isComplete = isComplete || form == .whole
  }

  /// Nothing is provided.
  public static let nothing = Provision(form: .whole, items: [])
}
