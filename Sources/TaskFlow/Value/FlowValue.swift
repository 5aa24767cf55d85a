/// A value as documents, inputs and stored runs have it: JSON's kinds, with whole numbers apart.
///
/// Keys of a map have no order; everything that prints one sorts them.
public enum FlowValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case list([FlowValue])
  case map([String: FlowValue])
}

extension FlowValue {
  /// Whether more lists and maps than this are inside of each other; looks at one level after another.
  func isNested(deeperThan depth: Int) -> Bool {
    var level = isContainer ? [self] : []
    for _ in 0..<depth where !level.isEmpty {
      level = level.flatMap { container -> [FlowValue] in
        switch container {
        case .list(let items): items.filter(\.isContainer)
        case .map(let entries): entries.values.filter(\.isContainer)
        default: []
        }
      }
    }
    return !level.isEmpty
  }

  private var isContainer: Bool {
    switch self {
    case .list, .map: true
    default: false
    }
  }

  /// The word for its kind: `null`, `bool`, `int`, `float`, `string`, `list` or `map`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .list: "list"
    case .map: "map"
    }
  }
}

extension FlowValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: FlowValue...) { self = .list(elements) }

  /// A map; of entries with one key the last stays.
  public init(dictionaryLiteral elements: (String, FlowValue)...) {
    self = .map(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
}
