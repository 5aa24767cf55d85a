import FlowGraph

/// Climbs from an atom to the root and stops where providers of a symbol come before it (semantics 3.2).
///
/// The providers of a symbol are in the order of the hierarchy, so what comes before the atom in one flow
/// is one range of them, and levels without any are skipped.
struct ScopeSearch {
  /// How far a climb has come.
  struct Climb {
    let symbol: Int32
    /// The atom, or the start of the last flow that was left.
    fileprivate(set) var child: NodeIndex
    fileprivate var upper: Int
  }

  /// A flow with providers that come before what the climb came from.
  struct Stop {
    let level: Int32
    /// The atom, or the start of a flow around it, somewhere in the flow.
    let origin: NodeIndex
    /// The providers; the first may be the flow's controller.
    let providers: Range<Int>
  }

  let work: Work

  /// The beginning of a climb.
  func climb(for symbol: Int32, from atom: NodeIndex) -> Climb {
    let range = work.symbols.range(of: symbol)
    return Climb(symbol: symbol, child: atom, upper: count(in: range, before: atom))
  }

  /// The next stop outwards, or `nil` at the end. Complexity: logarithmic.
  func next(_ climb: inout Climb) -> Stop? {
    let range = work.symbols.range(of: climb.symbol)
    guard climb.upper > range.lowerBound, let from = work.outline.container(of: climb.child) else {
      return nil
    }
    let nearest = work.symbols.providers[climb.upper - 1].node
    guard
      let level = work.ancestry.nearest(
        from: from, where: { work.outline.contains($0, nearest) })
    else { return nil }
    let start = work.outline.levels[Int(level)].start
    let lower = count(in: range.lowerBound..<climb.upper, before: start)
    defer {
      climb.child = start
      climb.upper = lower
    }
    return Stop(level: level, origin: climb.child, providers: lower..<climb.upper)
  }

  /// The first provider after `range` begins that does not come before `node`.
  private func count(in range: Range<Int>, before node: NodeIndex) -> Int {
    let position = work.hierarchy.position
    let limit = position[Int(node)]
    return work.symbols.providers[range].partitionedIndex { position[Int($0.node)] < limit }
  }
}
