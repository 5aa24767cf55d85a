/// The type that a document can give to a symbol.
public enum ValueType: String, Sendable, Hashable, Codable, CaseIterable {
  case string
  case int
  case float
  case bool
  case list
  case map

  /// Whether `value` may stand where this type is asked for.
  ///
  /// A whole number is a `float` as well; nothing else is converted, and `null` is of no type.
  public func accepts(_ value: FlowValue) -> Bool {
    switch (self, value) {
    case (.string, .string), (.int, .int), (.float, .float), (.float, .int), (.bool, .bool),
      (.list, .list), (.map, .map):
      true
    default:
      false
    }
  }
}
