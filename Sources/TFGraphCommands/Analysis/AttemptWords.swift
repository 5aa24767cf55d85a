/// How often tasks can be tried, in words.
enum AttemptWords {
  /// The factors with their product: `3 × 5 = 15`, or `2` for one; `nil` when one is not known.
  static func product(_ factors: [Int?]) -> String? {
    let known = factors.compactMap(\.self)
    guard known.count == factors.count else { return nil }
    let text = known.map(String.init).joined(separator: " × ")
    guard known.count > 1 else { return text }
    let (total, overflows) = known.reduce((1, false)) { sum, factor in
      let (product, overflow) = sum.0.multipliedReportingOverflow(by: factor)
      return (product, sum.1 || overflow)
    }
    return overflows ? text : "\(text) = \(total)"
  }
}
