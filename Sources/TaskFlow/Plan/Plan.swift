public import FlowDiagnostics
public import FlowGraph

/// A compiled flow: the one thing that is linted, drawn, documented and run.
///
/// It is immutable. Nodes are dense indices in declaration order; a node's neighbours, its controller and
/// its bindings are looked up in arrays. It takes memory linear in the number of nodes and edges.
public struct Plan: Sendable {
  /// The outermost flow's name.
  public var name: String { flows[0].name }

  /// What the flow is given from outside.
  public internal(set) var inputs: [FlowInput] = []

  /// What its processes need and nobody else may see.
  public internal(set) var secrets: [FlowSecret] = []

  /// The nodes of the execution graph.
  public internal(set) var nodes: [PlanNode] = []

  /// The flows, outer ones before inner ones, in declaration order.
  public internal(set) var flows: [PlanFlow] = []

  /// The tasks, in declaration order.
  public internal(set) var tasks: [FlowTask] = []

  /// The retry controllers, in declaration order.
  public internal(set) var controllers: [RetryController] = []

  /// The edges; their positions are those that ``graph`` gives.
  public internal(set) var edges: [PlanEdge] = []

  /// The execution graph.
  public internal(set) var graph = Digraph(nodeCount: 0, edges: [])

  /// The execution graph with each edge turned round.
  public internal(set) var predecessors = Digraph(nodeCount: 0, edges: [])

  /// The deciders on links.
  public internal(set) var linkDeciders: [LinkDecider] = []

  /// The names of all symbols that are required or provided.
  public internal(set) var symbols: [String] = []

  /// Where each argument's value comes from.
  public internal(set) var bindings = BindingTable()

  /// The parallel tiers: tasks of one tier do not wait for each other.
  ///
  /// A node's level is the longest chain of tasks before it; starts, ends and controllers add nothing.
  public internal(set) var tiers = Digraph(nodeCount: 0, edges: []).tiers()

  /// What is wrong with it, for pictures; empty for a plan that can be run.
  public internal(set) var problems: [PlanProblem] = []

  /// Where it is declared.
  public internal(set) var span: SourceSpan

  var edgeSymbols: [Int32] = []
  package internal(set) var hierarchyPosition: [Int32] = []
  var flowSpans: [SourceSpan] = []
}

/// Something wrong that a picture shows in its place.
public enum PlanProblem: Sendable, Hashable {
  /// A cycle of children of one flow: the first nodes of each, in order.
  case cycle([NodeIndex])
  /// An atom that requires a symbol which nothing gives.
  case missing(atom: NodeIndex, symbol: String)
  /// An atom that sees two providers of a symbol with no order between them.
  case conflict(atom: NodeIndex, symbol: String, providers: [NodeIndex])
  /// An atom or a flow, by its start, that has the name of an earlier one.
  case sameName(NodeIndex, earlier: NodeIndex)
}

extension Plan {
  /// The name of a node: of the task or controller, or of the flow that starts or ends there.
  public func name(of node: NodeIndex) -> String {
    switch nodes[Int(node)].kind {
    case .task(let index): tasks[Int(index)].name
    case .retry(let index): controllers[Int(index)].name
    case .flowStart, .flowEnd: flows[Int(nodes[Int(node)].flow)].name
    }
  }

  /// The task at a node, or `nil` if it is something else.
  public func task(at node: NodeIndex) -> FlowTask? {
    if case .task(let index) = nodes[Int(node)].kind { tasks[Int(index)] } else { nil }
  }

  /// The controller at a node, or `nil` if it is something else.
  public func controller(at node: NodeIndex) -> RetryController? {
    if case .retry(let index) = nodes[Int(node)].kind { controllers[Int(index)] } else { nil }
  }

  /// The symbols whose values an edge carries, in declaration order.
  public func symbols(of edge: PlanEdge) -> [String] {
    edge.symbols.map { symbols[Int(edgeSymbols[Int($0)])] }
  }

  /// The nodes of all tasks and controllers, in declaration order.
  public var atoms: [NodeIndex] {
    nodes.indices.compactMap { nodes[$0].isAtom ? NodeIndex($0) : nil }
  }

  /// The area of influence of a controller: the atoms about whose failure it is asked.
  ///
  /// Complexity: linear in the size of its flow.
  public func areaOfInfluence(of controller: NodeIndex) -> [NodeIndex] {
    flows[Int(nodes[Int(controller)].flow)].nodes.filter { node in
      nodes[Int(node)].controller == controller && nodes[Int(node)].isAtom
    }
  }

  /// What an atom provides.
  public func provision(of node: NodeIndex) -> Provision {
    switch nodes[Int(node)].kind {
    case .task(let index): tasks[Int(index)].provision
    case .retry(let index): controllers[Int(index)].provision
    case .flowStart, .flowEnd: .nothing
    }
  }

  /// Which of an atom's methods an argument belongs to.
  public enum Method: Sendable, Hashable, CaseIterable {
    case execute
    case revert
    case condition
  }

  /// What one of an atom's methods requires, in declaration order.
  public func requirements(of node: NodeIndex, for method: Method) -> [Requirement] {
    switch (nodes[Int(node)].kind, method) {
    case (.task(let index), _): tasks[Int(index)].requirements(for: method)
    case (.retry(let index), .execute): controllers[Int(index)].requirements
    default: []
    }
  }

  /// Where the arguments of one of an atom's methods come from, in the order of its requirements.
  public func bindings(of node: NodeIndex, for method: Method) -> ArraySlice<Binding> {
    let all = Int(bindings.offsets[Int(node)])..<Int(bindings.offsets[Int(node) + 1])
    let execute = requirements(of: node, for: .execute).count
    let revert = requirements(of: node, for: .revert).count
    switch method {
    case .execute: return bindings.bindings[all.lowerBound..<all.lowerBound + execute]
    case .revert:
      return bindings.bindings[all.lowerBound + execute..<all.lowerBound + execute + revert]
    case .condition: return bindings.bindings[all.lowerBound + execute + revert..<all.upperBound]
    }
  }

  /// Where a node is declared.
  public func span(of node: NodeIndex) -> SourceSpan {
    switch nodes[Int(node)].kind {
    case .task(let index): tasks[Int(index)].span
    case .retry(let index): controllers[Int(index)].span
    case .flowStart, .flowEnd: flowSpans[Int(nodes[Int(node)].flow)]
    }
  }
}
