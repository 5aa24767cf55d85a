// One generic method meets each protocol's requirement for every scalar type as well.

struct SingleDecoding: SingleValueDecodingContainer {
  let decoder: FlowValueDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value == .null }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
}

struct ListDecoding: UnkeyedDecodingContainer {
  let decoder: FlowValueDecoder
  let items: [FlowValue]
  private(set) var currentIndex = 0

  init(decoder: FlowValueDecoder, items: [FlowValue]) {
    self.decoder = decoder
    self.items = items
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  mutating func decodeNil() throws -> Bool {
    guard try element(FlowValue?.self).value == .null else { return false }
    currentIndex += 1
    return true
  }

  /// An element that cannot be decoded is not consumed.
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let decoded = try element(type).decode(type)
    currentIndex += 1
    return decoded
  }

  mutating func nestedContainer<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    let container = try element([String: FlowValue].self).container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try element([FlowValue].self).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let nested = try element(FlowValue.self)
    currentIndex += 1
    return nested
  }

  private func element(_ type: any Any.Type) throws -> FlowValueDecoder {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        type,
        .init(
          codingPath: codingPath,
          debugDescription: "expected more than \(items.count) elements"))
    }
    return decoder.child(items[currentIndex], ElementKey(currentIndex))
  }
}

struct MapDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: FlowValueDecoder
  let entries: [String: FlowValue]
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { entries.keys.sorted().compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { entries[key.stringValue] != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try entry(key).value == .null }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try entry(key).decode(type)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try entry(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try entry(key).unkeyedContainer()
  }

  /// A missing superclass is null, as Foundation's decoders have it.
  func superDecoder() throws -> any Decoder {
    let key = ElementKey.superclass
    return decoder.child(entries[key.stringValue] ?? .null, key)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    decoder.child(entries[key.stringValue] ?? .null, key)
  }

  private func entry(_ key: Key) throws -> FlowValueDecoder {
    guard let value = entries[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "the key is missing"))
    }
    return decoder.child(value, key)
  }
}
