extension FlowValue {
  /// The word for its kind with its article: `a string`, `an int`, and `null` alone.
  var kindWithArticle: String {
    switch self {
    case .null: "null"
    case .int: "an int"
    default: "a \(kind)"
    }
  }
}

extension ValueType {
  /// Its word with its article: `a string`, `an int`.
  var withArticle: String { self == .int ? "an int" : "a \(rawValue)" }
}
