/// Finds providers of one symbol that have no order between them, though somebody reads it.
///
/// Two providers have no order when the lowest flow around both is unordered, or a graph in which neither
/// child comes after the other. Two that a condition may skip are left alone: they are alternatives.
struct ConflictSearch {
  /// An atom that is read, and by whom.
  struct Reading {
    var provider: NodeIndex
    var symbol: Int32
    var reader: NodeIndex
  }

  private let work: Work
  private let mayBeSkipped: [Bool]
  private var order: ChildOrder
  private var partners: [Key: Partner?] = [:]
  private var questions: Set<ChildOrder.Question> = []

  /// The other provider, and the flow in which the two have no order.
  private struct Partner {
    var node: NodeIndex
    var level: Int32
  }

  /// A provider, or the start of a flow around it.
  private struct Key: Hashable {
    var child: NodeIndex
    var symbol: Int32
  }

  /// How many of the providers before one it is compared with.
  private static let nearby = 4

  /// Finds out, in one go, all that has to be known about the order of graph children.
  init(work: Work, order: ChildOrder, mayBeSkipped: [Bool], readings: [Reading]) {
    self.work = work
    self.order = order
    self.mayBeSkipped = mayBeSkipped
    for reading in readings where work.symbols.range(of: reading.symbol).count > 1 {
      collectQuestions(reading)
    }
    partners = [:]
    self.order.ask(questions)
  }

  /// Another provider of the symbol that the reader sees as well, with no order to the one that is read.
  ///
  /// Each provider is looked at once, whoever reads it.
  mutating func partner(of reading: Reading) -> NodeIndex? {
    guard work.symbols.range(of: reading.symbol).count > 1 else { return nil }
    let found = partner(of: reading.provider, symbol: reading.symbol)
    let other = found.flatMap { found in
      work.outline.contains(found.level, reading.reader) ? nil : found.node
    }
    guard let node = other ?? siblingPartner(of: reading) else { return nil }
    return mayBeSkipped[Int(node)] && mayBeSkipped[Int(reading.provider)] ? nil : node
  }

  // MARK: Around the provider, away from the reader

  private mutating func partner(of provider: NodeIndex, symbol: Int32) -> Partner? {
    var passed: [Key] = []
    var child = provider
    var result: Partner?
    while true {
      let key = Key(child: child, symbol: symbol)
      if let known = partners[key] {
        result = known
        break
      }
      passed.append(key)
      guard let level = nearestLevel(around: child, symbol: symbol) else { break }
      result = partner(of: child, symbol: symbol, in: level)
      if result != nil { break }
      child = work.outline.levels[Int(level)].start
    }
    for key in passed { partners[key] = .some(result) }
    return result
  }

  /// The lowest flow around a child with another provider that is not in the child.
  private func nearestLevel(around child: NodeIndex, symbol: Int32) -> Int32? {
    guard let around = work.outline.container(of: child) else { return nil }
    let (before, after) = neighbors(of: child, symbol: symbol)
    return work.ancestry.nearest(from: around) { level in
      before.map { work.outline.contains(level, $0) } ?? false
        || after.map { work.outline.contains(level, $0) } ?? false
    }
  }

  private func partner(of node: NodeIndex, symbol: Int32, in level: Int32) -> Partner? {
    let flow = work.outline.levels[Int(level)]
    if node == flow.retry { return nil }
    switch flow.flow.pattern {
    case .linear:
      return nil
    case .unordered:
      let (before, after) = neighbors(of: node, symbol: symbol)
      return [before, after].compactMap { $0 }
        .first { work.outline.contains(level, $0) && $0 != flow.retry }
        .map { Partner(node: $0, level: level) }
    case .graph:
      let child = work.outline.child(of: level, containing: node)
      return providers(before: child, in: level, symbol: symbol).first { other in
        !order.isKnown(question(from: other, to: child, in: level))
      }.map { Partner(node: $0, level: level) }
    }
  }

  // MARK: Beside the reader

  /// In a graph flow around both, an earlier provider that the reader also comes after.
  private func siblingPartner(of reading: Reading) -> NodeIndex? {
    guard let (level, child, target) = siblings(of: reading) else { return nil }
    return providers(before: child, in: level, symbol: reading.symbol).first { other in
      order.isKnown(question(from: other, to: target, in: level))
        && !order.isKnown(question(from: other, to: child, in: level))
    }
  }

  /// The children of a graph flow that the read atom and its reader are in.
  private func siblings(
    of reading: Reading
  ) -> (level: Int32, child: NodeIndex, target: NodeIndex)? {
    let outline = work.outline
    let level = work.ancestry.nearest(from: outline.flowOfNode[Int(reading.reader)]) {
      outline.contains($0, reading.provider)
    }
    guard let level, outline.levels[Int(level)].flow.pattern == .graph,
      outline.levels[Int(level)].retry != reading.provider,
      outline.levels[Int(level)].retry != reading.reader
    else { return nil }
    return (
      level, outline.child(of: level, containing: reading.provider),
      outline.child(of: level, containing: reading.reader)
    )
  }

  // MARK: Questions

  private mutating func collectQuestions(_ reading: Reading) {
    if let (level, child, target) = siblings(of: reading) {
      for other in providers(before: child, in: level, symbol: reading.symbol) {
        questions.insert(question(from: other, to: child, in: level))
        questions.insert(question(from: other, to: target, in: level))
      }
    }
    var child = reading.provider
    while partners.updateValue(nil, forKey: Key(child: child, symbol: reading.symbol)) == nil,
      let level = nearestLevel(around: child, symbol: reading.symbol)
    {
      let flow = work.outline.levels[Int(level)]
      if flow.flow.pattern == .graph, child != flow.retry {
        let sibling = work.outline.child(of: level, containing: child)
        for other in providers(before: sibling, in: level, symbol: reading.symbol) {
          questions.insert(question(from: other, to: sibling, in: level))
        }
      }
      child = flow.start
    }
  }

  private func question(
    from provider: NodeIndex, to target: NodeIndex, in level: Int32
  ) -> ChildOrder.Question {
    ChildOrder.Question(
      level: level, source: work.outline.child(of: level, containing: provider), target: target)
  }

  // MARK: Providers

  private func position(_ node: NodeIndex) -> Int32 { work.hierarchy.position[Int(node)] }

  /// The providers next to a child in the order of the hierarchy.
  private func neighbors(
    of child: NodeIndex, symbol: Int32
  ) -> (before: NodeIndex?, after: NodeIndex?) {
    let providers = work.symbols.providers[work.symbols.range(of: symbol)]
    let first = position(child)
    let last = position(work.outline.sink(of: child))
    return (
      providers[..<providers.partitionedIndex { position($0.node) < first }].last?.node,
      providers[providers.partitionedIndex { position($0.node) <= last }...].first?.node
    )
  }

  /// A provider in each of the nearest children of a flow that are before one of them.
  private func providers(before child: NodeIndex, in level: Int32, symbol: Int32) -> [NodeIndex] {
    let flow = work.outline.levels[Int(level)]
    let providers = work.symbols.providers[work.symbols.range(of: symbol)]
    let first = position(flow.retry ?? flow.start)
    var found: [NodeIndex] = []
    var next = child
    while found.count < Self.nearby {
      let limit = position(next)
      let before = providers[..<providers.partitionedIndex { position($0.node) < limit }].last?.node
      guard let before, position(before) > first else { break }
      found.append(before)
      next = work.outline.child(of: level, containing: before)
    }
    return found
  }
}
