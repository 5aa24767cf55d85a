/// Settles the edges that the linear passes of a transitive reduction leave open, a block of
/// targets at a time.
struct ReductionBlocks {
  private let graph: Digraph
  private let order: [Int32]
  /// Each node's place in the order.
  private var place: [Int32]
  /// The column of each target of the current block, −1 for other nodes.
  private var column: [Int32]
  /// For each place from the first of the current block's, the row of targets that are descendants.
  private var rows: [UInt64] = []
  private var isEmpty: [Bool] = []
  /// The words of a row.
  private let width: Int

  /// - Parameter wordLimit: The most words that rows may take together.
  init(_ graph: Digraph, order: [Int32], wordLimit: Int) {
    self.graph = graph
    self.order = order
    place = [Int32](repeating: 0, count: graph.nodeCount)
    column = [Int32](repeating: -1, count: graph.nodeCount)
    // More than 64 words a row gain nothing, since a row's sum then takes longer than finding it.
    width = max(1, min(64, wordLimit / max(1, graph.nodeCount)))
    for index in 0..<order.count { place[Int(order[index])] = Int32(index) }
  }

  /// Makes each open edge needed or redundant.
  mutating func settle(_ verdicts: inout EdgeVerdicts) {
    let firstPlaces = firstPlacesOfSources(verdicts)
    var targets: [Int32] = []
    var first = Int32.max
    for node in order where firstPlaces[Int(node)] < Int32.max {
      first = min(first, firstPlaces[Int(node)])
      targets.append(node)
      if targets.count == width * 64 {
        settle(targets, from: Int(first), &verdicts)
        targets.removeAll(keepingCapacity: true)
        first = .max
      }
    }
    if !targets.isEmpty { settle(targets, from: Int(first), &verdicts) }
  }

  /// For each target of an open edge the first place of such an edge's source.
  private func firstPlacesOfSources(_ verdicts: EdgeVerdicts) -> [Int32] {
    var first = [Int32](repeating: .max, count: graph.nodeCount)
    for node in 0..<graph.nodeCount {
      for slot in graph.slots(of: node) where verdicts[slot] == .open {
        let target = Int(graph.targets[slot])
        first[target] = min(first[target], place[node])
      }
    }
    return first
  }

  /// Settles the open edges to `targets`, which are in order, with sources at `first` and later.
  private mutating func settle(
    _ targets: [Int32], from first: Int, _ verdicts: inout EdgeVerdicts,
  ) {
    guard let lastTarget = targets.last else { return }
    for index in 0..<targets.count { column[Int(targets[index])] = Int32(index) }
    let end = Int(place[Int(lastTarget)]) + 1
    if isEmpty.count < end - first {
      isEmpty = [Bool](repeating: true, count: end - first)
      // Freed first, so that never two of them take memory.
      rows = []
      rows = [UInt64](repeating: 0, count: (end - first) * width)
    }
    var current = end - 1
    while current >= first {
      let node = Int(order[current])
      sumUp(node, row: current - first, first: first, end: end)
      judge(node, row: current - first, &verdicts)
      current -= 1
    }
    for target in targets { column[Int(target)] = -1 }
  }

  /// Makes a node's row the union of its successors' rows: all targets at least two edges away.
  private mutating func sumUp(_ node: Int, row: Int, first: Int, end: Int) {
    let width = width
    var isFresh = true
    for slot in graph.slots(of: node) {
      let other = Int(place[Int(graph.targets[slot])])
      guard other < end, !isEmpty[other - first] else { continue }
      let (start, otherStart) = (row * width, (other - first) * width)
      rows.withUnsafeMutableBufferPointer { rows in
        if isFresh {
          for index in 0..<width { rows[start + index] = rows[otherStart + index] }
        } else {
          for index in 0..<width { rows[start + index] |= rows[otherStart + index] }
        }
      }
      isFresh = false
    }
    isEmpty[row] = isFresh
  }

  /// Settles a node's open edges to the block's targets, then adds its successors to its row.
  private mutating func judge(_ node: Int, row: Int, _ verdicts: inout EdgeVerdicts) {
    let slots = graph.slots(of: node)
    for slot in slots where verdicts[slot] == .open {
      let column = Int(column[Int(graph.targets[slot])])
      guard column >= 0 else { continue }
      let isReached =
        !isEmpty[row] && rows[row * width + column >> 6] & (1 << UInt64(column & 63)) != 0
      verdicts[slot] = isReached ? .redundant : .needed
    }
    for slot in slots {
      let column = Int(column[Int(graph.targets[slot])])
      guard column >= 0 else { continue }
      if isEmpty[row] {
        for index in (row * width)..<((row + 1) * width) { rows[index] = 0 }
        isEmpty[row] = false
      }
      rows[row * width + column >> 6] |= 1 << UInt64(column & 63)
    }
  }
}
