extension FlowValue: Codable {
  /// The value that `decoder` holds, whatever its kind.
  ///
  /// JSON read by Foundation does not tell `3.0` from `3`, so a float without a fraction becomes an
  /// `int`; ``FlowValueJSON`` keeps them apart.
  public init(from decoder: any Decoder) throws {
    guard decoder.codingPath.count <= FlowValueJSON.maximumDepth else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "the value is nested too deep"))
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .bool(flag)
    } else if let int = try? container.decode(Int.self) {
      self = .int(int)
    } else if let float = try? container.decode(Double.self) {
      self = .float(float)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if (try? decoder.unkeyedContainer()) != nil {
      self = .list(try container.decode([FlowValue].self))
    } else {
      self = .map(try container.decode([String: FlowValue].self))
    }
  }

  /// Writes the value as what it is: a bool as a bool, a list as a list.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let flag): try container.encode(flag)
    case .int(let int): try container.encode(int)
    case .float(let float): try container.encode(float)
    case .string(let string): try container.encode(string)
    case .list(let items): try container.encode(items)
    case .map(let entries): try container.encode(entries)
    }
  }
}

extension FlowValue {
  /// The value that `value` encodes itself as.
  ///
  /// Nothing is rounded: an unsigned integer above `Int.max`, a float that is not finite, and
  /// nesting deeper than ``FlowValueJSON/maximumDepth`` are errors. A `Float` becomes the shortest
  /// number that reads back as the same `Float`. A type that encodes nothing is an empty map.
  public init(encoding value: some Encodable) throws(FlowValueConversionError) {
    do {
      let node = EncodedNode()
      try node.encode(value, at: [])
      self = try node.value(at: [])
    } catch {
      throw FlowValueConversionError(error, direction: .encoding)
    }
  }

  /// A `Value` made of this value.
  ///
  /// Numbers must fit exactly, except that an `int` may be read as a floating-point number.
  public func decoded<Value: Decodable>(
    as type: Value.Type = Value.self
  ) throws(FlowValueConversionError) -> Value {
    do {
      return try FlowValueDecoder(value: self, codingPath: []).decode(type)
    } catch {
      throw FlowValueConversionError(error, direction: .decoding)
    }
  }
}
