import FlowGraph

/// Finds which providers of a symbol an atom can see, nearest scope first (semantics 3.2).
///
/// The providers of a symbol are in the order of the hierarchy, so each level of the climb from an atom to
/// the root is one range of them: all of it is visible in a linear flow, its controller alone in an
/// unordered one, and in a graph what lies in children that the atom's own child comes after.
struct ScopeSearch {
  /// Whether one child of a graph flow comes after another, asked about by their first nodes.
  struct Question: Hashable {
    var level: Int32
    var source: NodeIndex
    var target: NodeIndex
  }

  /// One range of providers that are visible together, or only if a question is answered with yes.
  struct Slice {
    var providers: Range<Int>
    var question: Question?
  }

  private let outline: Outline
  private let symbols: SymbolIndex
  private let hierarchy: Hierarchy
  private let ancestry: Ancestry

  init(outline: Outline, symbols: SymbolIndex, hierarchy: Hierarchy, ancestry: Ancestry) {
    self.outline = outline
    self.symbols = symbols
    self.hierarchy = hierarchy
    self.ancestry = ancestry
  }

  /// The levels at which providers of a symbol come before an atom, nearest first.
  ///
  /// - Parameters:
  ///   - symbol: the symbol's number.
  ///   - atom: the atom that reads it.
  ///   - visit: is given the flow and its slices, each to be read from its end, nearest first;
  ///     returns whether to go on outwards.
  func visitScopes(
    of symbol: Int32, from atom: NodeIndex, _ visit: (Int32, [Slice]) -> Bool
  ) {
    let range = symbols.range(of: symbol)
    let own = position(of: atom)
    var upper =
      range.lowerBound + symbols.providers[range].prefixCount { position(of: $0.node) < own }
    while upper > range.lowerBound {
      let nearest = symbols.providers[upper - 1].node
      let level = ancestry.nearest(from: outline.flowOfNode[Int(atom)]) { contains($0, nearest) }
      guard let level else { return }
      let start = position(of: outline.levels[Int(level)].start)
      let lower =
        range.lowerBound
        + symbols.providers[range.lowerBound..<upper].prefixCount { position(of: $0.node) < start }
      let slices = slices(of: lower..<upper, at: level, for: atom)
      if !slices.isEmpty, !visit(level, slices) { return }
      upper = lower
    }
  }

  private func slices(of range: Range<Int>, at level: Int32, for atom: NodeIndex) -> [Slice] {
    let flow = outline.levels[Int(level)]
    let controller: Slice? =
      symbols.providers[range.lowerBound].node == flow.retry
      ? Slice(providers: range.lowerBound..<range.lowerBound + 1) : nil
    switch flow.flow.pattern {
    case .linear:
      return [Slice(providers: range)]
    case .unordered:
      return controller.map { [$0] } ?? []
    case .graph:
      var slices: [Slice] = []
      let target = outline.child(of: level, containing: atom)
      var upper = range.upperBound
      let lower = controller?.providers.upperBound ?? range.lowerBound
      while upper > lower {
        let child = outline.child(of: level, containing: symbols.providers[upper - 1].node)
        let first = symbols.providers[lower..<upper].partitionedIndex {
          position(of: $0.node) < position(of: child)
        }
        slices.append(
          Slice(
            providers: first..<upper,
            question: Question(level: level, source: child, target: target)))
        upper = first
      }
      return slices + (controller.map { [$0] } ?? [])
    }
  }

  private func position(of node: NodeIndex) -> Int32 { hierarchy.position[Int(node)] }

  /// Whether a flow contains a node; declaration order suffices for that.
  private func contains(_ level: Int32, _ node: NodeIndex) -> Bool {
    let flow = outline.levels[Int(level)]
    return flow.start <= node && node <= flow.end
  }
}

extension RandomAccessCollection where Index == Int {
  /// How many elements satisfy a condition that all before the first exception satisfy.
  fileprivate func prefixCount(where belongsBefore: (Element) -> Bool) -> Int {
    partitionedIndex(where: belongsBefore) - startIndex
  }
}
