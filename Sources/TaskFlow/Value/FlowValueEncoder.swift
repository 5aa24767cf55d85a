/// A value that is being encoded.
///
/// A class, since containers are handed out before they are filled and several write to one place.
final class EncodedNode {
  private enum Content {
    case nothing
    case value(FlowValue)
    case list([EncodedNode])
    case map([String: EncodedNode])
    /// Two containers of different kinds were asked for at one place.
    case conflict
  }

  private var content = Content.nothing

  /// Encodes `value` into this node.
  func encode<Value: Encodable>(_ value: Value, at path: [any CodingKey]) throws {
    if let value = value as? FlowValue {
      content = .value(value)
    } else if let convertible = value as? any ScalarConvertible {
      guard let scalar = convertible.scalar else {
        throw invalid(value, "\(value) does not fit into a 64-bit int or a finite float", at: path)
      }
      content = .value(scalar)
    } else {
      guard path.count < FlowValueJSON.maximumDepth else {
        throw invalid(value, "nested more than \(FlowValueJSON.maximumDepth) deep", at: [])
      }
      try value.encode(to: FlowValueEncoder(node: self, codingPath: path))
    }
  }

  func encodeNull() { content = .value(.null) }

  func becomeMap() {
    switch content {
    case .map: break
    case .nothing: content = .map([:])
    default: content = .conflict
    }
  }

  func becomeList() {
    switch content {
    case .list: break
    case .nothing: content = .list([])
    default: content = .conflict
    }
  }

  /// A new node at `key` of this map.
  func child(_ key: String) -> EncodedNode {
    let child = EncodedNode()
    guard case .map(var entries) = content else { return child }
    content = .nothing  // so that the dictionary is changed in place
    entries[key] = child
    content = .map(entries)
    return child
  }

  /// A new node at the end of this list.
  func appendChild() -> EncodedNode {
    let child = EncodedNode()
    guard case .list(var items) = content else { return child }
    content = .nothing  // so that the array is changed in place
    items.append(child)
    content = .list(items)
    return child
  }

  var count: Int {
    guard case .list(let items) = content else { return 0 }
    return items.count
  }

  /// The finished value; calls itself, no deeper than the encoded value may be nested.
  func value(at path: [any CodingKey]) throws -> FlowValue {
    guard path.count <= FlowValueJSON.maximumDepth else {
      throw invalid(0, "nested more than \(FlowValueJSON.maximumDepth) deep", at: [])
    }
    switch content {
    case .nothing: return .map([:])
    case .value(let value): return value
    case .list(let items):
      return .list(
        try items.enumerated().map { try $1.value(at: path + [ElementKey($0)]) })
    case .map(let entries):
      var values: [String: FlowValue] = [:]
      for (key, node) in entries {
        values[key] = try node.value(at: path + [ElementKey(stringValue: key)])
      }
      return .map(values)
    case .conflict:
      throw invalid(0, "the type encodes both a list and a map in one place", at: path)
    }
  }

  private func invalid(_ value: Any, _ message: String, at path: [any CodingKey]) -> EncodingError {
    .invalidValue(value, .init(codingPath: path, debugDescription: message))
  }
}

/// What a type's `encode(to:)` gets.
struct FlowValueEncoder: Encoder {
  let node: EncodedNode
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.becomeMap()
    return KeyedEncodingContainer(MapEncoding<Key>(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.becomeList()
    return ListEncoding(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleEncoding(node: node, codingPath: codingPath)
  }
}
