/// Finds providers of one symbol that have no order between them.
///
/// Two providers have no order when the lowest flow around both is unordered, or a graph in which neither
/// child comes after the other.
struct ConflictSearch {
  private let work: Work
  private var order: ChildOrder
  private var known: [Provider: Partner?] = [:]

  /// The other provider, and the flow in which the two have no order.
  private struct Partner {
    var node: NodeIndex
    var level: Int32
  }

  init(work: Work, order: ChildOrder) {
    self.work = work
    self.order = order
  }

  /// Another provider of the symbol with no order to `provider` that the reader sees as well, or `nil`.
  ///
  /// Each provider is looked at once, whoever reads it.
  mutating func partner(
    of provider: Provider, symbol: String, readBy reader: NodeIndex
  ) -> NodeIndex? {
    let found: Partner?
    if let cached = known[provider] {
      found = cached
    } else {
      found = search(provider, symbol: symbol)
      known[provider] = .some(found)
    }
    guard let found else { return nil }
    // Around the reader as well, it is another rule's business.
    let level = work.outline.levels[Int(found.level)]
    return (level.start...level.end).contains(reader) ? nil : found.node
  }

  private mutating func search(_ provider: Provider, symbol: String) -> Partner? {
    guard let number = work.symbols.number(of: symbol) else { return nil }
    let outline = work.outline
    let range = work.symbols.range(of: number)
    guard range.count > 1 else { return nil }
    var child = provider.node
    var next = outline.container(of: child)
    while let level = next {
      let flow = outline.levels[Int(level)]
      if flow.flow.pattern != .linear, child != flow.retry,
        let other = neighbor(of: child, in: level, among: range),
        flow.flow.pattern == .unordered || isUnordered(child, other, in: level)
      {
        return Partner(node: other, level: level)
      }
      child = flow.start
      next = flow.parent
    }
    return nil
  }

  /// A provider in another child of the flow, the nearest one before or after.
  private func neighbor(of child: NodeIndex, in level: Int32, among range: Range<Int>) -> NodeIndex?
  {
    let outline = work.outline
    let position = work.hierarchy.position
    let flow = outline.levels[Int(level)]
    let providers = work.symbols.providers[range]
    let before = providers.partitionedIndex {
      position[Int($0.node)] < position[Int(child)]
    }
    let after = providers.partitionedIndex {
      position[Int($0.node)] <= position[Int(outline.sink(of: child))]
    }
    let candidates = [before - 1, after].filter { providers.indices.contains($0) }
    return candidates.map { providers[$0].node }.first { node in
      flow.start < node && node < flow.end && node != flow.retry
    }
  }

  private mutating func isUnordered(
    _ child: NodeIndex, _ other: NodeIndex, in level: Int32
  ) -> Bool {
    let sibling = work.outline.child(of: level, containing: other)
    let forth = ScopeSearch.Question(level: level, source: child, target: sibling)
    let back = ScopeSearch.Question(level: level, source: sibling, target: child)
    order.ask([forth, back])
    return order.answer(forth) != true && order.answer(back) != true
  }
}
