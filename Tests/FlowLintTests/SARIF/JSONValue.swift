import Foundation

/// What a JSON text says, with numbers and Booleans apart.
enum JSONValue: Decodable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case string(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .int(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var items: [JSONValue] { if case .list(let items) = self { items } else { [] } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var number: Int? { if case .int(let number) = self { number } else { nil } }

  /// All objects in it that have a key, with the value of that.
  func values(of key: String) -> [JSONValue] {
    switch self {
    case .list(let items): items.flatMap { $0.values(of: key) }
    case .object(let members):
      (members[key].map { [$0] } ?? [])
        + members.sorted { $0.key < $1.key }.flatMap { $0.value.values(of: key) }
    default: []
    }
  }
}
