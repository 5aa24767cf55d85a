// One generic method meets each protocol's requirement for every scalar type as well.

struct SingleEncoding: SingleValueEncodingContainer {
  let node: EncodedNode
  let codingPath: [any CodingKey]

  func encodeNil() throws { node.encodeNull() }

  func encode<Value: Encodable>(_ value: Value) throws {
    try node.encode(value, at: codingPath)
  }
}

struct ListEncoding: UnkeyedEncodingContainer {
  let node: EncodedNode
  let codingPath: [any CodingKey]
  var count: Int { node.count }

  private var nextPath: [any CodingKey] { codingPath + [ElementKey(count)] }

  func encodeNil() throws { node.appendChild().encodeNull() }

  func encode<Value: Encodable>(_ value: Value) throws {
    let path = nextPath
    try node.appendChild().encode(value, at: path)
  }

  func nestedContainer<Key: CodingKey>(
    keyedBy keyType: Key.Type
  ) -> KeyedEncodingContainer<Key> {
    nested().container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }

  func superEncoder() -> any Encoder { nested() }

  private func nested() -> FlowValueEncoder {
    let path = nextPath
    return FlowValueEncoder(node: node.appendChild(), codingPath: path)
  }
}

struct MapEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: EncodedNode
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) throws { node.child(key.stringValue).encodeNull() }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try node.child(key.stringValue).encode(value, at: codingPath + [key])
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    nested(key).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    nested(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { nested(ElementKey.superclass) }

  func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

  private func nested(_ key: any CodingKey) -> FlowValueEncoder {
    FlowValueEncoder(node: node.child(key.stringValue), codingPath: codingPath + [key])
  }
}
