import FlowDiagnostics
import FlowGraph
import TaskFlow

/// Why tasks come after each other, from task to task: by edges of the execution graph, and by what they read.
struct TaskChains {
  /// One task directly after another: no task lies between.
  struct Hop {
    var source: NodeIndex
    var target: NodeIndex
    var reasons: [OrderReason]
  }

  /// One step of a chain.
  private enum Step {
    case edge(Int32)
    case reading(OrderReason)
  }

  private let plan: Plan
  private let links: LinkPlaces
  /// What is read, by who provides it.
  private var readings: [NodeIndex: [OrderReason]] = [:]

  /// The chains of a plan, with the flow that it was compiled from, for the places of its links.
  init(_ plan: Plan, of flow: Flow? = nil) {
    self.plan = plan
    links = LinkPlaces(of: flow)
    for node in plan.atoms where plan.nodes[Int(node)].isTask {
      for reading in Self.readings(of: node, in: plan) {
        readings[reading.source, default: []].append(reading)
      }
    }
  }

  /// What a task reads of others, a reading for each of them.
  static func readings(of node: NodeIndex, in plan: Plan) -> [OrderReason] {
    var found: [(source: NodeIndex, symbols: [String], span: SourceSpan)] = []
    var positions: [NodeIndex: Int] = [:]
    for method in [Plan.Method.execute, .condition] {
      for (requirement, binding) in zip(
        plan.requirements(of: node, for: method), plan.bindings(of: node, for: method))
      {
        guard let provider = plan.bindings.likeliest(of: binding) else { continue }
        guard let position = positions[provider.node] else {
          positions[provider.node] = found.count
          found.append((provider.node, [requirement.symbol], requirement.span))
          continue
        }
        if !found[position].symbols.contains(requirement.symbol) {
          found[position].symbols.append(requirement.symbol)
        }
      }
    }
    return found.map { OrderReason(node, reads: $0.symbols, of: $0.source, at: $0.span) }
  }

  /// What a task waits for directly, each once, in declaration order: what it reads, and the tasks that come
  /// before it for another reason.
  ///
  /// Complexity: linear in the size of the plan.
  func hops(into node: NodeIndex) -> [Hop] {
    let read = Self.readings(of: node, in: plan)
    let readHops = read.map { hop(from: $0.source, to: node, along: [.reading($0)]) }
    // What is passed on the way back up to the next tasks, and by which edge towards the task.
    var edgeTowards: [NodeIndex: Int32] = [:]
    var open = [node]
    var found: [NodeIndex] = []
    while let next = open.popLast() {
      for position in plan.predecessors.edges(from: Int(next)) {
        let source = plan.edges[Int(position)].source
        guard edgeTowards[source] == nil else { continue }
        edgeTowards[source] = position
        plan.nodes[Int(source)].isTask ? found.append(source) : open.append(source)
      }
    }
    let known = Set(read.map(\.source))
    let others = found.filter { !known.contains($0) }.map { source in
      var path: [Step] = []
      var current = source
      while current != node, let edge = edgeTowards[current] {
        path.append(.edge(edge))
        current = plan.edges[Int(edge)].target
      }
      return hop(from: source, to: node, along: path)
    }
    return (readHops + others).sorted { $0.source < $1.source }
  }

  /// The chain with the fewest tasks from one to another; `nil` when there is none.
  ///
  /// Complexity: linear in the size of the plan.
  func chain(from first: NodeIndex, to last: NodeIndex) -> [Hop]? {
    guard first != last else { return nil }
    var stepInto: [NodeIndex: (source: NodeIndex, step: Step)] = [:]
    // All nodes with as many tasks before them, and then those with one more.
    var (line, next) = ([first], [NodeIndex]())
    var position = 0
    while stepInto[last] == nil {
      if position == line.count {
        if next.isEmpty { break }
        (line, next, position) = (next, [], 0)
      }
      let node = line[position]
      position += 1
      let edges = plan.graph.edges(from: Int(node)).map {
        (target: plan.edges[Int($0)].target, step: Step.edge($0))
      }
      let read = (readings[node] ?? []).map { (target: $0.target, step: Step.reading($0)) }
      for (target, step) in read + edges where target != first && stepInto[target] == nil {
        stepInto[target] = (node, step)
        plan.nodes[Int(target)].isTask ? next.append(target) : line.append(target)
      }
    }
    guard stepInto[last] != nil else { return nil }
    var path: [(target: NodeIndex, step: Step)] = []
    var node = last
    while node != first, let (source, step) = stepInto[node] {
      path.append((node, step))
      node = source
    }
    var hops: [Hop] = []
    var part: [Step] = []
    var source = first
    for (target, step) in path.reversed() {
      part.append(step)
      guard plan.nodes[Int(target)].isTask else { continue }
      hops.append(hop(from: source, to: target, along: part))
      (source, part) = (target, [])
    }
    return hops
  }

  private func hop(from source: NodeIndex, to target: NodeIndex, along path: [Step]) -> Hop {
    let reasons = path.compactMap { step -> OrderReason? in
      switch step {
      case .reading(let reading): reading
      case .edge(let position):
        OrderReason(plan.edges[Int(position)], in: plan, links: links)
      }
    }
    return Hop(source: source, target: target, reasons: reasons)
  }
}
