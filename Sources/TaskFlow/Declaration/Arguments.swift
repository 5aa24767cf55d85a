/// The values that an atom's body is given, by the names of its parameters.
public struct Arguments: Sendable {
  /// What the body asks for.
  public let requirements: [Requirement]

  /// The value of each requirement; `nil` for an optional one that nothing provides.
  public let values: [BoxedValue?]

  /// Values for requirements, position by position.
  public init(_ requirements: [Requirement], _ values: [BoxedValue?]) {
    self.requirements = requirements
    self.values = values
  }

  /// No arguments.
  public static let none = Arguments([], [])

  /// The value of a parameter, or `nil` if there is none.
  public subscript(parameter: String) -> BoxedValue? {
    guard let index = requirements.firstIndex(where: { $0.parameter == parameter }) else {
      return nil
    }
    return values[index]
  }

  /// The value of the parameter that is called as a symbol.
  ///
  /// - Throws: ``Failure`` when the atom has no such parameter, ``FlowValueConversionError`` when its value
  ///   is of another type.
  public func value<Value>(of symbol: Symbol<Value>) throws -> Value {
    guard let index = requirements.firstIndex(where: { $0.parameter == symbol.name }) else {
      throw Failure("no argument '\(symbol.name)'; add it to what the task requires")
    }
    return try values[index].value()
  }

  /// The values by the names of their parameters, as expressions and processes see them.
  ///
  /// - Throws: ``FlowValueConversionError`` when a value's own encoding throws.
  public func flowValues() throws -> [String: FlowValue] {
    var known: [String: FlowValue] = [:]
    for (requirement, value) in zip(requirements, values) {
      known[requirement.parameter] = try value?.flowValue()
    }
    return known
  }
}

extension BoxedValue? {
  /// The value as a `Value`, where an absent one reads as `nil`.
  func value<Value: Codable & Sendable>() throws -> Value {
    if let self { return try self.value(as: Value.self) }
    return try FlowValue.null.decoded(as: Value.self)
  }
}
