/// JSON (RFC 8259) as text, to and from ``FlowValue``.
///
/// Reading is strict: one value, no comments, no trailing commas, no key twice in a map, no lone
/// surrogates, nesting of at most ``maximumDepth``. A number without fraction and exponent is an
/// `int` when it fits into 64 bits; every other number is a `float`, the nearest one.
/// Foundation's reader is not used: it keeps one of two equal keys without a word and does not
/// tell `3` from `3.0`.
public enum FlowValueJSON {
  /// How many lists and maps may be open at once.
  public static let maximumDepth = 512

  /// How the text is laid out.
  public enum Style: Sendable, Hashable {
    /// One line without spaces.
    case compact
    /// One entry a line, indented by two spaces.
    case pretty
  }

  /// The value that `text` says.
  ///
  /// - Complexity: O(length of the text).
  public static func parse(_ text: String) throws(FlowValueJSONError) -> FlowValue {
    try parse(utf8: Array(text.utf8))
  }

  /// The value that UTF-8 text says; a byte order mark in front of it is skipped.
  ///
  /// - Complexity: O(number of bytes).
  public static func parse(utf8 bytes: [UInt8]) throws(FlowValueJSONError) -> FlowValue {
    try parse(utf8: bytes, depth: maximumDepth)
  }

  /// The value that a text says which contains values: so much deeper it may be than those.
  package static func parse(
    containingValues text: String
  ) throws(FlowValueJSONError) -> FlowValue {
    try parse(utf8: Array(text.utf8), depth: maximumDepth + 32)
  }

  private static func parse(
    utf8 bytes: [UInt8], depth: Int
  ) throws(FlowValueJSONError) -> FlowValue {
    var reader = JSONReader(bytes: bytes, maximumDepth: depth)
    return try reader.document()
  }

  /// The one JSON text of `value`: keys sorted by their Unicode scalars, floats in the shortest
  /// form that reads back as the same float (`3.0`, `-0.0`, `1e+20`), so that reading it gives an
  /// equal value.
  ///
  /// JSON has no word for a float that is not finite: such a value becomes `null`.
  ///
  /// - Complexity: O(size of the text), and O(*k* log *k*) for a map of *k* keys.
  public static func text(of value: FlowValue, style: Style = .compact) -> String {
    var writer = JSONWriter(style: style, limit: .max)
    _ = writer.write(value)
    return writer.text
  }

  /// The compact text of `value`, or nil when it is longer than `limit` bytes.
  ///
  /// Work stops soon after the limit is passed.
  package static func text(of value: FlowValue, limit: Int) -> String? {
    var writer = JSONWriter(style: .compact, limit: limit)
    return writer.write(value) ? writer.text : nil
  }
}

/// What is wrong with a JSON text, and where.
public struct FlowValueJSONError: Error, Sendable, Hashable {
  /// One phrase, lower case, without a period.
  public var message: String

  /// The line, from 1.
  public var line: Int

  /// The column, from 1, in Unicode scalars.
  public var column: Int
}

extension FlowValueJSONError: CustomStringConvertible {
  /// The message with its place.
  public var description: String { "\(message) (line \(line), column \(column))" }
}
