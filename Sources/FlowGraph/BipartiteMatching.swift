/// A matching between the rows and the columns of a square of bits, grown to a largest one by the
/// algorithm of Hopcroft and Karp.
///
/// What has been visited is kept as bits too, so that a phase takes O(rows² / 64) however many bits
/// are set.
struct BipartiteMatching {
  private let rows: BitRows
  /// The column of each row, −1 without.
  private var column: [Int32]
  /// The row of each column, −1 without.
  private var row: [Int32]
  /// The columns first reached at each distance from the rows without a column.
  private var layers: [[UInt64]] = []
  /// Whether the last layer has a column without a row.
  private var hasFreeColumn = false

  init(rows: BitRows) {
    self.rows = rows
    column = [Int32](repeating: -1, count: rows.count)
    row = column
  }

  /// Makes the matching as large as can be.
  mutating func maximize() {
    while true {
      layers = reachColumns(through: .firstFree)
      guard hasFreeColumn else { return }
      for start in 0..<rows.count where column[start] < 0 { augment(from: start) }
    }
  }

  /// The nodes that are in no minimum vertex cover's rows or columns, after `maximize()`.
  ///
  /// By Kőnig's theorem: a node is in the cover by its row if the row is not reached by an
  /// alternating path from a row without a column, and by its column if the column is reached.
  mutating func independentNodes() -> [Int32] {
    var isReachedColumn = [UInt64](repeating: 0, count: rows.width)
    for layer in reachColumns(through: .all) {
      for index in 0..<rows.width { isReachedColumn[index] |= layer[index] }
    }
    func isReached(_ column: Int) -> Bool {
      isReachedColumn[column >> 6] & (1 << UInt64(column & 63)) != 0
    }
    return (0..<Int32(rows.count)).filter { node in
      let own = column[Int(node)]
      return !isReached(Int(node)) && (own < 0 || isReached(Int(own)))
    }
  }

  private enum Extent { case firstFree, all }

  /// The columns by their distance, up to the first layer with a column without a row, or all.
  private mutating func reachColumns(through extent: Extent) -> [[UInt64]] {
    hasFreeColumn = false
    var layers: [[UInt64]] = []
    var unreached = [UInt64](repeating: ~0, count: rows.width)
    var frontier = (0..<rows.count).filter { column[$0] < 0 }
    while !frontier.isEmpty, extent == .all || !hasFreeColumn {
      var layer = [UInt64](repeating: 0, count: rows.width)
      var next: [Int] = []
      for node in frontier {
        for index in 0..<rows.width {
          var bits = rows.words[node * rows.width + index] & unreached[index]
          guard bits != 0 else { continue }
          unreached[index] &= ~bits
          layer[index] |= bits
          while bits != 0 {
            let owner = row[index << 6 + bits.trailingZeroBitCount]
            bits &= bits - 1
            if owner < 0 { hasFreeColumn = true } else { next.append(Int(owner)) }
          }
        }
      }
      layers.append(layer)
      frontier = next
    }
    return layers
  }

  /// Turns over a shortest alternating path from a row without a column, if one is left in the
  /// layers.
  private mutating func augment(from start: Int) {
    var path = [start]
    var chosen: [Int] = []
    while let node = path.last {
      guard path.count <= layers.count, let found = takeColumn(of: node, in: path.count - 1) else {
        path.removeLast()
        _ = chosen.popLast()
        continue
      }
      chosen.append(found)
      guard row[found] < 0 else {
        path.append(Int(row[found]))
        continue
      }
      for (node, found) in zip(path, chosen) {
        column[node] = Int32(found)
        row[found] = Int32(node)
      }
      return
    }
  }

  /// The first column of a layer that the row has, which is then taken out of the layer.
  private mutating func takeColumn(of node: Int, in layer: Int) -> Int? {
    for index in 0..<rows.width {
      let bits = rows.words[node * rows.width + index] & layers[layer][index]
      guard bits != 0 else { continue }
      layers[layer][index] &= ~(bits & (~bits + 1))
      return index << 6 + bits.trailingZeroBitCount
    }
    return nil
  }
}
