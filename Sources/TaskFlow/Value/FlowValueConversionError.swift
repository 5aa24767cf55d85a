/// Why a Swift value could not become a ``FlowValue``, or the other way round.
public struct FlowValueConversionError: Error, Sendable {
  /// One phrase that names the place inside the value, such as
  /// `expected an int at 'servers[2].port', found a string`.
  public var message: String

  /// The error that the type's own `Codable` code threw, when it was one of its own.
  public var underlying: (any Error)?

  enum Direction {
    case encoding
    case decoding
  }

  init(message: String) { self.message = message }

  init(_ error: any Error, direction: Direction) {
    switch error {
    case let error as DecodingError: message = Self.phrase(for: error)
    case EncodingError.invalidValue(_, let context):
      message = "\(context.debugDescription)\(Self.place(context.codingPath))"
    default:
      message =
        direction == .encoding ? "the value cannot be written: " : "the value cannot be read: "
      message += "\(error)"
      underlying = error
    }
  }

  private static func phrase(for error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "the key '\(key.stringValue)' is missing\(place(context.codingPath))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      "\(context.debugDescription)\(place(context.codingPath))"
    @unknown default:
      "the value cannot be read: \(error)"
    }
  }

  /// ` at 'servers[2].port'`, or nothing for the whole value.
  private static func place(_ path: [any CodingKey]) -> String {
    guard !path.isEmpty else { return "" }
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return " at '\(text)'"
  }
}

extension FlowValueConversionError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}

/// A place in a list, or the place that a superclass has in a map.
struct ElementKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ index: Int) {
    stringValue = String(index)
    intValue = index
  }

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) { self.init(intValue) }

  static let superclass = ElementKey(stringValue: "super")
}
