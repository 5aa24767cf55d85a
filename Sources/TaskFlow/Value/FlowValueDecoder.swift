/// What a type's `init(from:)` gets: one value and where it is.
struct FlowValueDecoder: Decoder {
  let value: FlowValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// A `Value` made of the value.
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let scalarType = type as? any ScalarConvertible.Type {
      guard let decoded = scalarType.init(flowScalar: value) as? Value else {
        throw mismatch(type, scalarType.expectation)
      }
      return decoded
    }
    if type == FlowValue.self, let same = value as? Value { return same }
    guard codingPath.count < FlowValueJSON.maximumDepth else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: [],
          debugDescription: "nested more than \(FlowValueJSON.maximumDepth) deep"))
    }
    return try Value(from: self)
  }

  func child(_ value: FlowValue, _ key: any CodingKey) -> FlowValueDecoder {
    FlowValueDecoder(value: value, codingPath: codingPath + [key])
  }

  func mismatch(_ type: any Any.Type, _ expectation: String) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: codingPath, debugDescription: "expected \(expectation), found \(found)")
    return value == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  /// The value as a message shows it: numbers themselves, since their size may be what is wrong.
  private var found: String {
    switch value {
    case .int, .float: FlowValueJSON.text(of: value)
    default: value.kindWithArticle
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .map(let entries) = value else {
      throw mismatch([String: FlowValue].self, "a map")
    }
    return KeyedDecodingContainer(MapDecoding<Key>(decoder: self, entries: entries))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let items) = value else { throw mismatch([FlowValue].self, "a list") }
    return ListDecoding(decoder: self, items: items)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    SingleDecoding(decoder: self)
  }
}
