import FlowDiagnostics

/// Durations as documents and reports have them: `10s`, `1h30m`, `250ms`, `1d`.
///
/// One or more whole numbers, each with its unit, from large to small, no unit twice. Units are `d` (24
/// hours), `h`, `m`, `s`, `ms`, `us` and `ns`.
public enum DurationText {
  /// The longest duration that is accepted, about a hundred years: far from where clocks overflow.
  public static let longest = Duration.seconds(36_500 * 86_400)

  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  /// The names of the units, from large to small.
  static var unitNames: [String] { units.map(\.name) }

  /// The duration that `text` says.
  public static func parse(_ text: String) -> Result<Duration, ValueTextError> {
    let quoted = QuotedName.of(text)
    func failure(_ reason: String) -> Result<Duration, ValueTextError> {
      .failure(ValueTextError("\(quoted) \(reason)"))
    }
    var rest = text.utf8[...]
    var nextUnit = 0
    var total: Int64 = 0
    while !rest.isEmpty || nextUnit == 0 {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest[digits.endIndex...]
      let letters = rest.prefix { !(0x30...0x39).contains($0) }
      rest = rest[letters.endIndex...]
      guard !digits.isEmpty else { return failure(notANumber(text)) }
      guard !letters.isEmpty else { return failure("has no unit; write \(String(digits) ?? "")s") }
      guard let unit = units.firstIndex(where: { $0.name.utf8.elementsEqual(letters) }) else {
        return failure(unknownUnit(String(letters) ?? ""))
      }
      guard unit >= nextUnit else {
        return failure("has its units out of order; write them from large to small, each once")
      }
      nextUnit = unit + 1
      guard let sum = sum(total, digits: String(digits) ?? "", unit: units[unit].nanoseconds)
      else { return failure("is too long; the longest is 36500d") }
      total = sum
    }
    return .success(.nanoseconds(total))
  }

  private static func sum(_ total: Int64, digits: String, unit: Int64) -> Int64? {
    guard let number = Int64(digits) else { return nil }
    let product = number.multipliedReportingOverflow(by: unit)
    let sum = total.addingReportingOverflow(product.partialValue)
    guard !product.overflow, !sum.overflow, .nanoseconds(sum.partialValue) <= longest else {
      return nil
    }
    return sum.partialValue
  }

  private static func notANumber(_ text: String) -> String {
    text.hasPrefix("-")
      ? "is negative; a duration starts at 0s" : "is not a duration; write it as 90s or 1h30m"
  }

  private static func unknownUnit(_ unit: String) -> String {
    if unit.hasPrefix(".") || unit.hasPrefix(",") {
      return "has a fraction; write whole numbers, such as 1s500ms"
    }
    return
      "has the unknown unit \(QuotedName.of(unit.trimmingSpace())); use d, h, m, s, ms, us or ns, without spaces"
  }

  /// `duration` in the form that ``parse(_:)`` reads, such as `1m30s`; nothing is `0s`.
  ///
  /// What is less than a nanosecond is left out; a negative duration, which is never read, has `-`
  /// in front.
  public static func text(of duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = attoseconds.magnitude / 1_000_000_000
    var text = ""
    var rest = seconds.magnitude
    for (name, length) in [("d", UInt64(86_400)), ("h", 3_600), ("m", 60), ("s", 1)] {
      if rest >= length { text += "\(rest / length)\(name)" }
      rest %= length
    }
    rest = nanoseconds
    for (name, length) in [("ms", UInt64(1_000_000)), ("us", 1_000), ("ns", 1)] {
      if rest >= length { text += "\(rest / length)\(name)" }
      rest %= length
    }
    if text.isEmpty { return "0s" }
    return duration < .zero ? "-" + text : text
  }
}

extension String {
  /// The text without the spaces and line ends around it.
  func trimmingSpace() -> String {
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    let start = unicodeScalars.firstIndex { !isSpace($0) } ?? endIndex
    let end = unicodeScalars.lastIndex { !isSpace($0) }.map(unicodeScalars.index(after:))
    return String(unicodeScalars[start..<(end ?? start)])
  }
}
