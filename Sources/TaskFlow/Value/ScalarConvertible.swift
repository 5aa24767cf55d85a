/// A Swift type that is one scalar of ``FlowValue``.
///
/// The coders ask for this protocol first, since such a type's own `Codable` code would ask the
/// coder back.
protocol ScalarConvertible {
  /// The words for what is asked for when it is missing.
  static var expectation: String { get }

  /// The scalar, or nil when no scalar holds this value exactly.
  var scalar: FlowValue? { get }

  init?(flowScalar scalar: FlowValue)
}

extension ScalarConvertible where Self: FixedWidthInteger {
  static var expectation: String { "an int" }

  var scalar: FlowValue? { Int(exactly: self).map(FlowValue.int) }

  init?(flowScalar scalar: FlowValue) {
    guard case .int(let int) = scalar else { return nil }
    self.init(exactly: int)
  }
}

extension Int: ScalarConvertible {}
extension Int8: ScalarConvertible {}
extension Int16: ScalarConvertible {}
extension Int32: ScalarConvertible {}
extension Int64: ScalarConvertible {}
extension Int128: ScalarConvertible {}
extension UInt: ScalarConvertible {}
extension UInt8: ScalarConvertible {}
extension UInt16: ScalarConvertible {}
extension UInt32: ScalarConvertible {}
extension UInt64: ScalarConvertible {}
extension UInt128: ScalarConvertible {}

extension Double: ScalarConvertible {
  static var expectation: String { "a number" }

  var scalar: FlowValue? { isFinite ? .float(self) : nil }

  init?(flowScalar scalar: FlowValue) {
    switch scalar {
    case .float(let float): self = float
    case .int(let int): self = Double(int)
    default: return nil
    }
  }
}

extension Float: ScalarConvertible {
  static var expectation: String { "a number" }

  /// `Float(0.1)` is to become `0.1`, not `0.10000000149011612`, as long as it reads back.
  var scalar: FlowValue? {
    guard isFinite else { return nil }
    if let short = Double(description), Float(short) == self { return .float(short) }
    return .float(Double(self))
  }

  init?(flowScalar scalar: FlowValue) {
    guard let double = Double(flowScalar: scalar) else { return nil }
    let float = Float(double)
    guard float.isFinite || !double.isFinite else { return nil }
    self = float
  }
}

extension Bool: ScalarConvertible {
  static var expectation: String { "a bool" }

  var scalar: FlowValue? { .bool(self) }

  init?(flowScalar scalar: FlowValue) {
    guard case .bool(let flag) = scalar else { return nil }
    self = flag
  }
}

extension String: ScalarConvertible {
  static var expectation: String { "a string" }

  var scalar: FlowValue? { .string(self) }

  init?(flowScalar scalar: FlowValue) {
    guard case .string(let string) = scalar else { return nil }
    self = string
  }
}
