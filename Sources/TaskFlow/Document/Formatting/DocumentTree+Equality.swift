extension DocumentTree {
  /// Whether another tree has the same values, whatever the order of keys is and wherever they stand.
  ///
  /// - Complexity: O(size of both, aliases expanded).
  package func hasSameValues(as other: DocumentTree) -> Bool {
    var open = [(root, other.root)]
    while let (left, right) = open.popLast() {
      guard left.kind == right.kind, left.isAlias == right.isAlias,
        left.resolution == right.resolution, left.text == right.text,
        left.items.count == right.items.count, left.entries.count == right.entries.count
      else { return false }
      open += zip(left.items, right.items)
      var values = Dictionary(
        right.entries.map { ($0.key.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
      for entry in left.entries {
        guard let same = values.removeValue(forKey: entry.key.text ?? "") else { return false }
        open.append((entry.key, same.key))
        open.append((entry.value, same.value))
      }
    }
    return true
  }
}
