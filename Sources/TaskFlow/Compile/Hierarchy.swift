import FlowDiagnostics
import FlowGraph

/// The children of each flow in the order of the hierarchy, and what keeps one from existing: cycles.
///
/// A graph's children are in topological order (semantics 2.6), all others as they are declared.
struct Hierarchy {
  /// The children of each flow by their first nodes, by level.
  private(set) var children: [[NodeIndex]]

  /// The place of each node in a walk over the hierarchy, depth first.
  private(set) var position: [Int32]

  /// The flows with a cycle.
  private(set) var cyclic: Set<Int32> = []

  private(set) var findings: [Finding] = []
  private(set) var problems: [PlanProblem] = []

  init(of outline: Outline, links: ChildLinks, symbols: SymbolIndex) {
    children = outline.levels.map(\.children)
    position = Array(repeating: 0, count: outline.kinds.count)
    for (index, level) in outline.levels.enumerated()
    where level.flow.pattern == .graph || !level.flow.links.isEmpty {
      let graph = links.graph(of: Int32(index), in: outline)
      if let order = graph.topologicalOrder() {
        children[index] = order.map { level.children[Int($0)] }
      } else {
        cyclic.insert(Int32(index))
        let report = CycleReport(
          level: level, index: index, links: links, outline: outline, symbols: symbols)
        reportCycles(of: graph, level, at: index, report)
      }
    }
    setPositions(outline)
  }

  /// Reports each cycle, and orders the children as far as they have an order, for pictures.
  private mutating func reportCycles(
    of graph: Digraph, _ level: Outline.Level, at index: Int, _ report: CycleReport
  ) {
    let components = graph.stronglyConnectedComponents()
    // Components are numbered in topological order.
    children[index] = components.members.flatMap { $0.sorted() }.map { level.children[Int($0)] }
    for component in components.cyclic {
      guard let cycle = graph.shortestCycle(in: component, of: components) else { continue }
      problems.append(.cycle(cycle.nodes.map { level.children[Int($0)] }))
      findings.append(report.finding(for: cycle, in: component, of: components, graph))
    }
  }

  /// Walks the hierarchy with a stack of its own.
  private mutating func setPositions(_ outline: Outline) {
    var next: Int32 = 0
    var open: [(level: Int, child: Int)] = [(0, 0)]
    func place(_ node: NodeIndex, _ position: inout [Int32]) {
      position[Int(node)] = next
      next += 1
    }
    func begin(_ level: Outline.Level, _ position: inout [Int32]) {
      place(level.start, &position)
      if let retry = level.retry { place(retry, &position) }
    }
    begin(outline.levels[0], &position)
    while let top = open.last {
      guard top.child < children[top.level].count else {
        place(outline.levels[top.level].end, &position)
        open.removeLast()
        continue
      }
      open[open.count - 1].child += 1
      let child = children[top.level][top.child]
      if case .flowStart = outline.kinds[Int(child)] {
        let level = Int(outline.flowOfNode[Int(child)])
        begin(outline.levels[level], &position)
        open.append((level, 0))
      } else {
        place(child, &position)
      }
    }
  }
}
