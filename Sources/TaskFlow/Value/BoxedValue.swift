/// A value of any type on its way from one atom to another.
///
/// It is kept as it is: only what a store writes is encoded.
public struct BoxedValue: Sendable {
  // Values are handed on far more often than they are boxed, so handing one on costs a reference.
  private let box: Box

  private final class Box: Sendable {
    let base: any Codable & Sendable
    init(_ base: any Codable & Sendable) { self.base = base }
  }

  /// Boxes a value.
  public init(_ base: some Codable & Sendable) {
    box = Box(base)
  }

  /// The value itself.
  public var base: any Codable & Sendable { box.base }
}

extension BoxedValue {
  /// The value as a `Value`.
  ///
  /// A value that came from a document, an input or a store is decoded; one of another Swift type is
  /// converted through its encoding, so that an `Int` can be read where a `Double` is asked for.
  ///
  /// - Throws: ``FlowValueConversionError`` when it can't be read as a `Value`.
  public func value<Value: Codable & Sendable>(as type: Value.Type = Value.self) throws -> Value {
    if let value = base as? Value { return value }
    return try flowValue().decoded(as: Value.self)
  }

  /// The value in the form that documents and stores have.
  ///
  /// - Throws: ``FlowValueConversionError`` when its type's own encoding throws.
  public func flowValue() throws -> FlowValue {
    if let value = base as? FlowValue { return value }
    return try FlowValue(encoding: base)
  }

  /// As ``flowValue()``, in a depth that can be read again.
  ///
  /// - Parameter levels: how many levels of it are only around values.
  /// - Throws: ``FlowValueConversionError`` also for a `FlowValue` that is nested deeper than
  ///   ``FlowValueJSON/maximumDepth``.
  package func storedValue(around levels: Int = 0) throws -> FlowValue {
    let value = try flowValue()
    guard value.isNested(deeperThan: FlowValueJSON.maximumDepth + levels) else { return value }
    throw FlowValueConversionError(
      message: "the value is nested more than \(FlowValueJSON.maximumDepth) deep")
  }
}
