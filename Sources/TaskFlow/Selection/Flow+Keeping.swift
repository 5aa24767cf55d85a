import FlowGraph

extension Flow {
  /// The flow with some of its tasks alone, in the order that they have in the whole.
  ///
  /// What only the other tasks provide is to be given to it: see ``Plan/symbolsFromOutside(keeping:)``. Flows
  /// in which nothing is left have no controller any more.
  ///
  /// - Parameters:
  ///   - names: the names of the tasks that are kept.
  ///   - plan: the plan of the whole flow.
  public func keeping(_ names: Set<String>, of plan: Plan) -> Flow {
    let order = plan.childOrder()
    // A flow under way: what is kept of it so far, and which child comes next.
    struct Level {
      var flow: Flow
      var items: [FlowItem]
      var next = 0
      var kept: [FlowItem] = []
    }
    var levels = [Level(flow: self, items: items)]
    while true {
      let index = levels.count - 1
      if levels[index].next < levels[index].items.count {
        let item = levels[index].items[levels[index].next]
        levels[index].next += 1
        switch item {
        case .flow(let flow): levels.append(Level(flow: flow, items: flow.items))
        case .task(let task) where names.contains(task.name): levels[index].kept.append(item)
        case .task(let task):
          // In a graph, what comes before it still comes before what comes after it.
          guard levels[index].flow.pattern == .graph else { continue }
          levels[index].kept.append(
            .flow(Flow(name: task.name, pattern: .linear, span: task.span)))
        }
        continue
      }
      let level = levels.removeLast()
      let flow = level.flow.reduced(to: level.kept, order[level.flow.name] ?? [])
      guard let outer = levels.indices.last else { return flow }
      if !flow.items.isEmpty || levels[outer].flow.pattern == .graph {
        levels[outer].kept.append(.flow(flow))
      }
    }
  }

  private func reduced(to items: [FlowItem], _ order: [Plan.ChildOrderEdge]) -> Flow {
    var flow = self
    flow.replaceItems(with: items)
    flow.target = nil
    let isEmpty = items.allSatisfy { item in
      if case .flow(let flow) = item { flow.items.isEmpty } else { false }
    }
    if isEmpty { flow.retry = nil }
    guard pattern == .graph else { return flow }
    let names = Set(items.lazy.map(\.name))
    let tasks = Set(
      items.lazy.compactMap { item in
        if case .task(let task) = item { task.name } else { nil }
      })
    let unselected = Set(
      self.items.lazy.compactMap { item in
        if case .task(let task) = item, !tasks.contains(task.name) { task.name } else { nil }
      })
    var seen: Set<Plan.ChildOrderEdge> = []
    flow.links = links.map { link in
      seen.insert(Plan.ChildOrderEdge(source: link.source, target: link.target))
      // What is not run decides nothing.
      var link = link
      if unselected.contains(link.source) { link.decider = nil }
      return link
    }
    flow.links += order.filter {
      names.contains($0.source) && names.contains($0.target) && seen.insert($0).inserted
    }.map { Link(source: $0.source, target: $0.target, span: span) }
    return flow
  }
}

extension Plan {
  /// One child of a graph comes before another.
  struct ChildOrderEdge: Hashable {
    var source: String
    var target: String
  }

  /// The order among the children of each graph, by the name of the graph.
  fileprivate func childOrder() -> [String: [ChildOrderEdge]] {
    var order: [String: [ChildOrderEdge]] = [:]
    for edge in edges where edge.reason != .structure {
      guard let level = level(of: edge.source), level == self.level(of: edge.target),
        flows[Int(level)].pattern == .graph
      else { continue }
      order[flows[Int(level)].name, default: []].append(
        ChildOrderEdge(source: name(of: edge.source), target: name(of: edge.target)))
    }
    return order
  }

  /// The flow whose child a node is, or stands for.
  private func level(of node: NodeIndex) -> Int32? {
    let flow = nodes[Int(node)].flow
    return nodes[Int(node)].isTask ? flow : flows[Int(flow)].parent
  }

  /// A symbol that some tasks read and that only others provide.
  public struct OutsideSymbol: Sendable, Hashable {
    /// The symbol.
    public var symbol: String
    /// Who provides it in the whole flow.
    public var provider: Provider
    /// Who reads it.
    public var reader: NodeIndex
    /// Whether the reader can do without it.
    public var isOptional: Bool
  }

  /// What is to be given to the flow when only some of its tasks are run, each symbol once.
  ///
  /// - Throws: ``SelectionError`` when a symbol is read both from a task that is run and from one that is not.
  public func symbolsFromOutside(
    keeping names: Set<String>
  ) throws(SelectionError) -> [OutsideSymbol] {
    let isKept = keptAtoms(names)
    var outside: [String: OutsideSymbol] = [:]
    var inside: [String: NodeIndex] = [:]
    for node in atoms where isKept[Int(node)] {
      for method in Method.allCases {
        for (requirement, binding) in zip(
          requirements(of: node, for: method), bindings(of: node, for: method))
        {
          guard let provider = bindings.likeliest(of: binding) else { continue }
          if isKept[Int(provider.node)] {
            inside[requirement.symbol] = node
          } else {
            let isOptional =
              requirement.isOptional && (outside[requirement.symbol]?.isOptional ?? true)
            outside[requirement.symbol] = OutsideSymbol(
              symbol: requirement.symbol, provider: provider, reader: node, isOptional: isOptional)
          }
        }
      }
    }
    for found in outside.values.sorted(by: { $0.symbol < $1.symbol }) {
      guard let reader = inside[found.symbol] else { continue }
      throw SelectionError(
        description: "'\(name(of: found.reader))' reads '\(found.symbol)' from "
          + "'\(name(of: found.provider.node))', which is not selected, and "
          + "'\(name(of: reader))' from a task that is; select both")
    }
    return outside.values.sorted { $0.symbol < $1.symbol }
  }

  /// The atoms that are kept with some tasks: those, and the controllers around them.
  private func keptAtoms(_ names: Set<String>) -> [Bool] {
    var isKept = [Bool](repeating: false, count: nodes.count)
    var isFlowKept = [Bool](repeating: false, count: flows.count)
    for index in nodes.indices
    where nodes[index].isTask && names.contains(name(of: NodeIndex(index))) {
      isKept[index] = true
      var flow: Int32? = nodes[index].flow
      while let current = flow, !isFlowKept[Int(current)] {
        isFlowKept[Int(current)] = true
        flow = flows[Int(current)].parent
      }
    }
    for (index, flow) in flows.enumerated() where isFlowKept[index] {
      if let retry = flow.retry { isKept[Int(retry)] = true }
    }
    return isKept
  }
}
