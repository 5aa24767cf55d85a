import FlowDiagnostics
import FlowGraph

/// The order between the children of each flow: by sequence, by data and by hand (semantics 2.4).
struct ChildLinks {
  /// One edge between two children of a flow, by their ordinals.
  struct Link {
    var source: Int32
    var target: Int32
    var reason: PlanEdge.Reason
    /// The symbols that it carries, as positions in ``ChildLinks/symbols``.
    var symbols: Range<Int32> = 0..<0
    /// What was written by hand for it, as a position in ``ChildLinks/written``.
    var written: Int32?
  }

  /// What an author wrote for a link.
  struct Written {
    var decider: LinkDecider?
    var span: SourceSpan
  }

  /// The links of each flow, by level; those for data come first, in the order of their keys.
  private(set) var links: [[Link]]
  /// The numbers of the symbols that links carry, ascending for each link.
  private(set) var symbols: [Int32] = []
  private(set) var written: [Written] = []
  private(set) var findings: [Finding]
  private(set) var problems: [PlanProblem]

  /// The arguments of which nobody knows from which child of a graph flow they are to be read.
  let ambiguous: Set<SymbolReading>

  /// The source and target of each link for data, by level, ascending.
  private var dataKeys: [[UInt64]]

  /// The graphs of the flows whose children are not simply in the order of their declaration.
  private var graphs: [Int32: Digraph] = [:]

  init(
    of outline: Outline, symbols: SymbolIndex, arguments: ArgumentList, ancestry: Ancestry
  ) {
    links = Array(repeating: [], count: outline.levels.count)
    dataKeys = links.map { _ in [] }
    var needs = DataNeeds(of: outline, symbols: symbols, ancestry: ancestry)
    needs.collect(arguments)
    findings = needs.findings
    problems = needs.problems
    ambiguous = needs.ambiguous
    for (index, level) in outline.levels.enumerated() where level.flow.pattern == .linear {
      links[index] = level.children.indices.dropFirst().map { ordinal in
        Link(source: Int32(ordinal - 1), target: Int32(ordinal), reason: .sequence)
      }
    }
    add(needs.sorted)
    addLinksByHand(outline)
    for (index, level) in outline.levels.enumerated()
    where level.flow.pattern == .graph || !level.flow.links.isEmpty {
      graphs[Int32(index)] = digraph(of: Int32(index), in: outline)
    }
  }

  private mutating func add(_ needs: [DataNeeds.Need]) {
    symbols.reserveCapacity(needs.count)
    for need in needs {
      let level = Int(need.level)
      let key = Self.key(need.source, need.target)
      if dataKeys[level].last != key {
        dataKeys[level].append(key)
        let first = Int32(symbols.count)
        links[level].append(
          Link(
            source: need.source, target: need.target, reason: .data, symbols: first..<first + 1))
        symbols.append(need.symbol)
      } else if symbols.last != need.symbol {
        symbols.append(need.symbol)
        let last = links[level].count - 1
        links[level][last].symbols = links[level][last].symbols.lowerBound..<Int32(symbols.count)
      }
    }
  }

  /// Whether data flows from one child to another, given by their ordinals. Complexity: logarithmic.
  func hasDataLink(from source: Int, to target: Int, in level: Int32) -> Bool {
    let key = Self.key(Int32(source), Int32(target))
    let keys = dataKeys[Int(level)]
    let index = keys.partitionedIndex { $0 < key }
    return index < keys.count && keys[index] == key
  }

  /// The children of a flow, by ordinal, with the links between them.
  func graph(of level: Int32, in outline: Outline) -> Digraph {
    graphs[level] ?? digraph(of: level, in: outline)
  }

  private func digraph(of level: Int32, in outline: Outline) -> Digraph {
    Digraph(
      nodeCount: outline.levels[Int(level)].children.count,
      edges: links[Int(level)].map { Digraph.Edge(source: $0.source, target: $0.target) })
  }

  // MARK: By hand

  private mutating func addLinksByHand(_ outline: Outline) {
    var unknown = UnknownLinks(outline: outline)
    for (index, level) in outline.levels.enumerated() where !level.flow.links.isEmpty {
      addLinksByHand(of: level, at: index, outline, &unknown)
    }
    findings += unknown.findings
  }

  private mutating func addLinksByHand(
    of level: Outline.Level, at index: Int, _ outline: Outline, _ unknown: inout UnknownLinks
  ) {
    var ordinals: [String: Int32] = [:]
    for (ordinal, child) in level.children.enumerated() {
      ordinals[outline.name(of: child)] = Int32(ordinal)
    }
    var known: [UInt64: Int] = [:]
    for (position, link) in links[index].enumerated() {
      known[Self.key(link.source, link.target)] = position
    }
    for link in level.flow.links {
      guard let source = ordinals[link.source], let target = ordinals[link.target] else {
        unknown.report(link, in: Int32(index)) { ordinals[$0] != nil }
        continue
      }
      if level.flow.pattern == .unordered {
        findings.append(unorderedLink(link, level: level))
        continue
      }
      let key = Self.key(source, target)
      if let position = known[key] {
        if let known = links[index][position].written {
          if let decider = link.decider { written[Int(known)].decider = decider }
        } else {
          links[index][position].written = write(link)
        }
      } else {
        known[key] = links[index].count
        links[index].append(
          Link(source: source, target: target, reason: .link, written: write(link)))
      }
    }
  }

  private mutating func write(_ link: Flow.Link) -> Int32 {
    written.append(Written(decider: link.decider, span: link.span))
    return Int32(written.count - 1)
  }

  private static func key(_ source: Int32, _ target: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: source)) << 32 | UInt64(UInt32(bitPattern: target))
  }

  private func unorderedLink(_ link: Flow.Link, level: Outline.Level) -> Finding {
    Finding(
      rule: "unordered-dependency",
      message: "'\(link.target)' is put after '\(link.source)' in unordered flow "
        + "'\(level.flow.name)'",
      span: link.span,
      related: [
        Finding.Related(span: level.flow.span, message: "the children of this flow have no order")
      ],
      help: "make the flow a graph, or drop the order")
  }
}

/// An atom that reads a symbol.
struct SymbolReading: Hashable {
  var atom: NodeIndex
  var symbol: String
}

extension Provision {
  /// Where a symbol is written, if it is provided.
  func span(of symbol: String) -> SourceSpan? {
    items.first { $0.symbol == symbol }?.span
  }
}

extension Array {
  /// The elements without those whose key an earlier one has.
  func uniqued<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    if count < 2 { return self }
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}
