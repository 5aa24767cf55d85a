extension FlowValue {
  /// Whether two values are equal when `3` and `3.0` count as the same, inside lists and maps too.
  ///
  /// - Complexity: O(size of the smaller value); what is nested is a stack in memory, not calls.
  func isEqual(to other: FlowValue) -> Bool {
    var pairs = [(self, other)]
    while let (left, right) = pairs.popLast() {
      switch (left, right) {
      case (.list(let left), .list(let right)):
        guard left.count == right.count else { return false }
        pairs += zip(left, right)
      case (.map(let left), .map(let right)):
        guard left.count == right.count else { return false }
        for (key, value) in left {
          guard let other = right[key] else { return false }
          pairs.append((value, other))
        }
      case (.int(let int), .float(let float)), (.float(let float), .int(let int)):
        if FlowValue.order(int, float) != 0 { return false }
      default:
        if left != right { return false }
      }
    }
    return true
  }

  /// Below, at or above zero as `self` comes before, with or after `other`; nil when the two have no
  /// order.
  func order(against other: FlowValue) -> Int? {
    switch (self, other) {
    case (.int(let left), .int(let right)): FlowValue.sign(left, right)
    case (.float(let left), .float(let right)):
      left.isNaN || right.isNaN ? nil : FlowValue.sign(left, right)
    case (.int(let left), .float(let right)): FlowValue.order(left, right)
    case (.float(let left), .int(let right)): FlowValue.order(right, left).map(-)
    case (.string(let left), .string(let right)): FlowValue.sign(left, right)
    default: nil
    }
  }

  /// Whether the two may be compared with `==`.
  func isComparable(with other: FlowValue) -> Bool {
    switch (self, other) {
    case (.null, _), (_, .null), (.int, .float), (.float, .int): true
    default: kind == other.kind
    }
  }

  private static func sign<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    left < right ? -1 : left == right ? 0 : 1
  }

  /// Exact, where a conversion of a large int to a float would round.
  private static func order(_ int: Int, _ float: Double) -> Int? {
    if float.isNaN { return nil }
    let rounded = Double(int)
    if rounded != float { return rounded < float ? -1 : 1 }
    // Only 2^63 is a rounded int that is no int.
    guard let exact = Int(exactly: float) else { return -1 }
    return sign(int, exact)
  }
}
