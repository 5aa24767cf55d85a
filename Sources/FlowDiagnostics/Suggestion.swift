/// Finds the name that somebody probably meant.
public enum Suggestion {
  /// The candidate that is nearest to a misspelt name, or `nil` if none is near.
  ///
  /// Near means that at most a third of the name's characters (and at least one) was left out,
  /// added, changed, or swapped with its neighbour; case counts half as much as any other change,
  /// and a name that differs in nothing else is nearest. Of equally near ones it is the first in
  /// alphabetical order. The name itself is no suggestion for itself.
  ///
  /// The work is bounded, so that it stays quick for a name in a flow of a million: candidates are
  /// compared in their order until about 300,000 steps are done, and those after that are left out.
  /// So pass the likeliest first, and in an order that does not change from run to run.
  ///
  /// Source of the distance: optimal string alignment, the restricted form of Damerau–Levenshtein.
  ///
  /// - Complexity: O(c · n · k) for c candidates, n characters and k = n / 3, up to the bound.
  public static func nearest(
    to name: some StringProtocol, among candidates: some Sequence<String>
  ) -> String? {
    let wanted = Array(name.unicodeScalars.prefix(longest + 1))
    if wanted.isEmpty || wanted.count > longest { return nil }
    var best: (distance: Int, name: String)?
    var steps = 300_000
    for candidate in candidates where candidate != name {
      if steps <= 0 { break }
      steps -= 4
      let limit = best?.distance ?? 2 * max(1, wanted.count / 3)
      if abs(candidate.utf8.count - name.utf8.count) > 4 * limit { continue }
      let other = Array(candidate.unicodeScalars.prefix(longest + 1))
      if other.isEmpty || 2 * abs(other.count - wanted.count) > limit { continue }
      let isSameButForCase =
        other.count == wanted.count && candidate.lowercased() == name.lowercased()
      guard
        let distance = isSameButForCase
          ? 1 : distance(wanted, other, limit: limit, steps: &steps)
      else { continue }
      if let best, (best.distance, best.name) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.name
  }

  /// Names longer than this are not compared: nobody mistypes them by hand.
  private static let longest = 128

  /// Twice the number of changes from one name to the other, or `nil` if it is more than `limit`.
  private static func distance(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int, steps: inout Int
  ) -> Int? {
    let band = limit / 2
    let far = limit + 1
    var beforeLast = [Int](repeating: far, count: right.count + 1)
    var last = (0...right.count).map { min(far, 2 * $0) }
    for row in 1...left.count {
      var current = [Int](repeating: far, count: right.count + 1)
      current[0] = min(far, 2 * row)
      let low = max(1, row - band)
      let high = min(right.count, row + band)
      if low > high { return nil }
      var least = current[0]
      for column in low...high {
        let cost = Self.cost(left[row - 1], right[column - 1])
        var value = min(last[column - 1] + cost, last[column] + 2, current[column - 1] + 2)
        let isSwap =
          row > 1 && column > 1 && left[row - 1] == right[column - 2]
          && left[row - 2] == right[column - 1]
        if isSwap { value = min(value, beforeLast[column - 2] + 2) }
        current[column] = min(far, value)
        least = min(least, value)
      }
      steps -= high - low + 4
      if least > limit { return nil }
      beforeLast = last
      last = current
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }

  private static func cost(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Int {
    if left == right { return 0 }
    return left.properties.lowercaseMapping == right.properties.lowercaseMapping ? 1 : 2
  }
}
