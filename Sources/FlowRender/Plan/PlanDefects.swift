import FlowGraph
import TaskFlow

/// What is wrong with a sketch, as boxes and lines.
struct PlanDefects {
  /// One hop of a cycle between two children of a flow.
  struct Hop {
    var source: LineEnd
    var target: LineEnd
    var number: Int
    var symbols: [String]
    /// Whether it goes the way in which its flow's children are listed, not back.
    var isForward: Bool
  }

  /// A symbol with several providers and no order between them.
  struct Conflict: Hashable {
    var symbol: String
    var providers: [NodeIndex]
  }

  /// The hops of all cycles.
  private(set) var hops: [Hop] = []

  /// The symbols that nothing gives, each with those that need it, in order of appearance.
  private(set) var missing: [(symbol: String, readers: [NodeIndex])] = []

  /// The conflicts, each with those that read the symbol, in order of appearance.
  private(set) var conflicts: [(conflict: Conflict, readers: [NodeIndex])] = []

  /// What has the name of something else, and what that is.
  private(set) var sameNames: Set<NodeIndex> = []

  private struct Reading: Hashable {
    var atom: NodeIndex
    var symbol: String
  }

  private var shownElsewhere: Set<Reading> = []

  /// More symbols, and more readers of one, add nothing to what is seen.
  private static let mostSymbols = 50
  private static let mostReaders = 50

  init(_ plan: Plan, _ ends: PlanEnds) {
    for case .cycle(let children) in plan.problems { addCycle(children, plan, ends) }
    var ghosts: [String: Int] = [:]
    var known: [Conflict: Int] = [:]
    for problem in plan.problems {
      switch problem {
      case .cycle: break
      case .missing(let atom, let symbol):
        // A hop of a cycle says why its symbol can't be read.
        if shows(atom, reading: symbol)
          || ghosts[symbol] == nil && missing.count == Self.mostSymbols
        {
          continue
        }
        let position = ghosts[symbol] ?? missing.count
        if position == missing.count {
          ghosts[symbol] = position
          missing.append((symbol, []))
        }
        if missing[position].readers.count < Self.mostReaders {
          missing[position].readers.append(atom)
        }
      case .sameName(let node, let earlier):
        sameNames.formUnion([node, earlier])
      case .conflict(let atom, let symbol, let providers):
        let conflict = Conflict(symbol: symbol, providers: providers)
        if known[conflict] == nil, conflicts.count == Self.mostSymbols { continue }
        let position = known[conflict] ?? conflicts.count
        if position == conflicts.count {
          known[conflict] = position
          conflicts.append((conflict, []))
        }
        if conflicts[position].readers.count == Self.mostReaders { continue }
        conflicts[position].readers.append(atom)
        shownElsewhere.insert(Reading(atom: atom, symbol: symbol))
      }
    }
  }

  /// Whether an atom's reading of a symbol is drawn as a part of a conflict or a cycle.
  func shows(_ atom: NodeIndex, reading symbol: String) -> Bool {
    shownElsewhere.contains(Reading(atom: atom, symbol: symbol))
  }

  private mutating func addCycle(_ children: [NodeIndex], _ plan: Plan, _ ends: PlanEnds) {
    let flow = plan.flow(around: children[0])
    let places = Dictionary(
      zip(plan.flows[flow].children, 0...), uniquingKeysWith: { first, _ in first })
    for (index, hop) in plan.hops(ofCycle: children).enumerated() {
      hops.append(
        Hop(
          source: ends.end(of: hop.source), target: ends.end(of: hop.target), number: index + 1,
          symbols: hop.symbols,
          isForward: (places[hop.source] ?? 0) < (places[hop.target] ?? 0)))
      for symbol in hop.symbols {
        for atom in hop.target...plan.lastNode(of: hop.target) {
          shownElsewhere.insert(Reading(atom: atom, symbol: symbol))
        }
      }
    }
  }
}

extension Plan {
  /// The hops of a cycle between children of a flow, with what each carries.
  ///
  /// - Parameter children: the first nodes of the children, in the cycle's order.
  func hops(
    ofCycle children: [NodeIndex]
  ) -> [(source: NodeIndex, target: NodeIndex, symbols: [String])] {
    children.enumerated().map { index, child in
      let next = children[index + 1 < children.count ? index + 1 : 0]
      let edge = graph.edges(from: Int(lastNode(of: child))).map { edges[Int($0)] }
        .first { $0.target == next }
      return (child, next, edge.map(symbols(of:)) ?? [])
    }
  }

  /// The last node of a child: the task itself, or the end of the flow.
  fileprivate func lastNode(of child: NodeIndex) -> NodeIndex {
    guard case .flowStart = nodes[Int(child)].kind else { return child }
    return flows[Int(nodes[Int(child)].flow)].end
  }

  /// The flow that a task, or a flow by its start, is a child of.
  fileprivate func flow(around child: NodeIndex) -> Int {
    let flow = nodes[Int(child)].flow
    return Int(nodes[Int(child)].isTask ? flow : flows[Int(flow)].parent ?? flow)
  }
}
