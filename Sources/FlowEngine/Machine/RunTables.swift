import FlowGraph
import TaskFlow

/// What the machine looks up at each step, taken out of a plan once and shared by all copies.
final class RunTables: Sendable {
  let plan: Plan
  /// What is passed before anything has run.
  let passed: Passage
  let priority: [Int]
  let isAtom: [Bool]
  let isTask: [Bool]
  let atoms: [NodeIndex]
  let controller: [NodeIndex?]
  /// How many symbols `execute` of each atom requires.
  let requirementCount: [Int32]
  /// The binding of the first of those; the others follow it.
  let firstBinding: [Int32]
  let bindings: BindingTable
  /// The provider of each binding when nothing is skipped and each result is complete.
  let likeliest: [Provider?]
  /// How many symbols an atom provides.
  let providedCount: [Int32]
  /// Whether an atom has a condition or links that decide about it.
  let isDecided: [Bool]
  /// The links that decide about each atom, as positions of edges; empty for most.
  let deciders: [Int32: [Int32]]
  /// The symbols that the flow must be given.
  let inputSymbols: [String]
  /// How many atoms of which flows may run at once.
  let limits: FlowLimits
  /// Whether each flow, or one around it, has a timeout; empty when none has.
  private let timedFlows: [Bool]

  /// - Parameter conditions: the tasks whose conditions are asked; all other conditions say yes then, and so
  ///   do all links. Without it all are asked.
  init(_ plan: Plan, asking conditions: Set<NodeIndex>? = nil) {
    self.plan = plan
    isAtom = plan.nodes.map(\.isAtom)
    isTask = plan.nodes.map(\.isTask)
    atoms = plan.atoms
    let isAtom = isAtom
    passed = Passage(
      nodeCount: isAtom.count, ownSettled: { !isAtom[$0] }, incoming: plan.predecessors,
      outgoing: plan.graph)
    controller = plan.nodes.map(\.controller)
    priority = plan.nodes.indices.map { index in
      plan.task(at: NodeIndex(index))?.priority
        ?? plan.controller(at: NodeIndex(index))?.priority ?? 0
    }
    let deciders = conditions == nil ? Self.deciders(in: plan) : [:]
    self.deciders = deciders
    bindings = plan.bindings
    likeliest = bindings.bindings.map(bindings.likeliest(of:))
    requirementCount = plan.nodes.indices.map {
      Int32(plan.requirements(of: NodeIndex($0), for: .execute).count)
    }
    firstBinding = plan.nodes.indices.map {
      Int32(plan.bindings(of: NodeIndex($0), for: .execute).startIndex)
    }
    providedCount = plan.nodes.indices.map { Int32(plan.provision(of: NodeIndex($0)).items.count) }
    isDecided = plan.nodes.indices.map { index in
      if let conditions { return conditions.contains(NodeIndex(index)) }
      return deciders[NodeIndex(index)] != nil
        || plan.task(at: NodeIndex(index))?.traits.condition != nil
    }
    inputSymbols = plan.inputSymbols
    timedFlows = Self.timedFlows(in: plan)
    limits = FlowLimits(of: plan)
  }

  /// The name of an atom. Asked for with each save, so only of the lists that have it: whoever asks the plan
  /// is given a copy of all of it first.
  func name(ofAtom node: NodeIndex) -> String {
    switch plan.nodes[Int(node)].kind {
    case .task(let index): plan.tasks[Int(index)].name
    case .retry(let index): plan.controllers[Int(index)].name
    case .flowStart, .flowEnd: plan.name(of: node)
    }
  }

  /// Whether any flow has a timeout.
  var hasTimedFlows: Bool { !timedFlows.isEmpty }

  /// Whether a flow, or one around it, has a timeout.
  func isTimed(_ flow: Int32) -> Bool { !timedFlows.isEmpty && timedFlows[Int(flow)] }

  private static func timedFlows(in plan: Plan) -> [Bool] {
    guard plan.flows.contains(where: { $0.timeout != nil }) else { return [] }
    var isTimed: [Bool] = []
    for flow in plan.flows {
      isTimed.append(flow.timeout != nil || flow.parent.map { isTimed[Int($0)] } ?? false)
    }
    return isTimed
  }

  /// The deciders of each atom: on edges into it, and on edges into flows whose start nodes lead to it
  /// through start nodes only (semantics 9.1).
  private static func deciders(in plan: Plan) -> [Int32: [Int32]] {
    guard !plan.linkDeciders.isEmpty else { return [:] }
    var gathered: [Int32: [Int32]] = [:]
    // A flow's start comes before what it contains in declaration order, and nothing but starts is
    // looked at here, so one pass in that order meets every start before what it leads to.
    for index in plan.nodes.indices {
      var own: [Int32] = []
      for position in plan.predecessors.edges(from: index) {
        let edge = plan.edges[Int(position)]
        if edge.decider != nil { own.append(position) }
        if case .flowStart = plan.nodes[Int(edge.source)].kind, let outer = gathered[edge.source] {
          own = own.isEmpty ? outer : own + outer
        }
      }
      if !own.isEmpty { gathered[Int32(index)] = own }
    }
    return gathered
  }
}
