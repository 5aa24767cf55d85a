import FlowDiagnostics

/// Why a text does not say a value, in one phrase that tells what to write instead.
public struct ValueTextError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One phrase, lower case, without a period.
  public var message: String

  /// The message.
  public var description: String { message }

  init(_ message: String) { self.message = message }
}

extension ValueType {
  /// The value of this type that `text` says, as a person writes it on a command line.
  ///
  /// A string is the text as it is. An int or float is a number as JSON has it; a whole number stays
  /// an int where a float is asked for. A bool is `true` or `false`. A list or map is JSON.
  public func parse(_ text: String) -> Result<FlowValue, ValueTextError> {
    switch self {
    case .string: .success(.string(text))
    case .int, .float: number(text)
    case .bool: bool(text)
    case .list, .map: container(text)
    }
  }

  private func number(_ text: String) -> Result<FlowValue, ValueTextError> {
    let quoted = QuotedName.of(text)
    // JSON would allow space around the number.
    if let first = text.utf8.first, let last = text.utf8.last,
      first == UInt8(ascii: "-") || isDigit(first), isDigit(last),
      let value = try? FlowValueJSON.parse(text)
    {
      if accepts(value) { return .success(value) }
      let isWhole = text.utf8.dropFirst().allSatisfy(isDigit)
      return .failure(
        ValueTextError(
          isWhole
            ? "\(quoted) does not fit into an int; the largest is \(Int.max)"
            : "\(quoted) is not an int; write a whole number such as 3"))
    }
    return .failure(
      ValueTextError(
        self == .int
          ? "\(quoted) is not an int; write a whole number such as 3"
          : "\(quoted) is not a float; write a number such as 0.5"))
  }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func bool(_ text: String) -> Result<FlowValue, ValueTextError> {
    switch text {
    case "true": .success(true)
    case "false": .success(false)
    default:
      .failure(ValueTextError("\(QuotedName.of(text)) is not a bool; write true or false"))
    }
  }

  private func container(_ text: String) -> Result<FlowValue, ValueTextError> {
    let example = self == .list ? #"["a", "b"]"# : #"{"a": 1}"#
    do {
      let value = try FlowValueJSON.parse(text)
      if accepts(value) { return .success(value) }
      return .failure(
        ValueTextError(
          "\(QuotedName.of(text)) is \(value.kindWithArticle), not \(withArticle); "
            + "write JSON such as \(example)"))
    } catch {
      return .failure(
        ValueTextError("not \(withArticle): \(error); write JSON such as \(example)"))
    }
  }
}
