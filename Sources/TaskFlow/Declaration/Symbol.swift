import FlowDiagnostics

/// The name of a value that atoms require and provide, with the type that it has.
///
/// Two tasks that name the same symbol are connected by it; the compiler checks the type of what flows
/// between them.
///
/// ```swift
/// let version = Symbol<String>("version")
/// let digest = Symbol<String>("digest")
/// ```
public struct Symbol<Value: Codable & Sendable>: Sendable, Hashable {
  /// The name, by convention in snake_case.
  public let name: String

  /// Whether an atom that reads it goes without it when nothing provides it.
  public let isOptional: Bool

  /// A symbol called `name`.
  public init(_ name: String) {
    self.name = name
    self.isOptional = false
  }

  private init(optional name: String) {
    self.name = name
    self.isOptional = true
  }

  /// The same symbol for an atom that can go without it; the atom then reads `nil`.
  public var optional: Symbol<Value?> {
    Symbol<Value?>(optional: name)
  }
}

extension Symbol {
  func requirement(at span: SourceSpan) -> Requirement {
    Requirement(symbol: name, isOptional: isOptional, type: SymbolType(Value.self), span: span)
  }

  func provided(at span: SourceSpan) -> Provision.Item {
    Provision.Item(symbol: name, type: SymbolType(Value.self), span: span)
  }
}
