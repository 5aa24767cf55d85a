import FlowDiagnostics

/// One part of an expression. Parts refer to each other by index, always to earlier ones.
struct ExpressionNode: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case literal(FlowValue)
    case symbol(String)
    case list([Int])
    /// `of.name` or `of[key]`.
    case element(of: Int, key: Int)
    case not(Int)
    case and(Int, Int)
    case or(Int, Int)
    case compare(Comparison, Int, Int)
    case length(Int)
    case fallback(Int, Int)
    case json(Int)
    /// A call that has been reported as an error.
    case invalid
  }

  enum Comparison: String, Sendable, Hashable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    var isOrder: Bool { self != .equal && self != .notEqual }
  }

  let kind: Kind

  /// From its first to behind its last Unicode scalar.
  let range: Range<Int>
}

/// The functions that expressions have, with the number of their arguments.
enum ExpressionFunction: String, CaseIterable {
  case length
  case `default`
  case json

  var argumentCount: Int { self == .default ? 2 : 1 }

  /// A call as messages show it.
  var usage: String { self == .default ? "default(value, fallback)" : "\(rawValue)(value)" }

  /// The one that somebody probably meant who wrote `name`.
  static func nearest(to name: String) -> ExpressionFunction? {
    switch name.lowercased() {
    case "len", "size", "count": .length
    case "tojson", "to_json": .json
    case "coalesce", "or", "or_else": .default
    default:
      Suggestion.nearest(to: name, among: allCases.map(\.rawValue)).flatMap(Self.init(rawValue:))
    }
  }
}
