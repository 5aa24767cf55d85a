/// The type of a symbol's values, comparable between Swift declarations and documents.
public struct SymbolType: Sendable, Hashable {
  /// What it is called in messages: a document's type name, or the Swift type.
  public let name: String

  /// The type that messages call so.
  init(named name: String) {
    self.name = name
  }

  /// The type of a document's symbol.
  public init(_ type: ValueType) {
    name = type.rawValue
  }

  /// One of some types, as an expression may ask for it.
  init(oneOf types: [ValueType]) {
    name = types.map(\.rawValue).joined(separator: Self.separator)
  }

  private static let separator = " or "

  /// The type of a Swift symbol; an optional has the type of what it wraps, and a ``FlowValue`` none.
  public init?<Value>(_ type: Value.Type) {
    if type == String.self || type == String?.self {
      name = ValueType.string.rawValue
    } else if type == Int.self || type == Int?.self {
      name = ValueType.int.rawValue
    } else if type == Double.self || type == Double?.self {
      name = ValueType.float.rawValue
    } else if type == Bool.self || type == Bool?.self {
      name = ValueType.bool.rawValue
    } else if type == FlowValue.self || type == FlowValue?.self {
      return nil
    } else {
      name = Self.unwrapped(type)
    }
  }

  private static func unwrapped<Value>(_ type: Value.Type) -> String {
    let name = String(reflecting: type)
    let prefix = "Swift.Optional<"
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count).dropLast()) : name
  }

  /// Whether a value of type `provided` can be read as this type.
  ///
  /// A whole number can be read as a `float`, and a document's `list` and `map` as any Swift type that
  /// decodes from them.
  public func accepts(_ provided: SymbolType) -> Bool {
    if self == provided { return true }
    let alternatives = name.split(separator: Self.separator)
    if alternatives.count > 1 {
      return alternatives.contains { SymbolType(named: String($0)).accepts(provided) }
    }
    if name == "float", provided.name == "int" { return true }
    let scalars: Set = ["string", "int", "float", "bool"]
    return !scalars.contains(name) && ["list", "map"].contains(provided.name)
      || !scalars.contains(provided.name) && ["list", "map"].contains(name)
  }
}
