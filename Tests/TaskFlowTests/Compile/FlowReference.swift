import TaskFlow

/// The execution graph of a flow, worked out from the rules by plain recursion over small flows.
struct FlowReference {
  struct Edge: Hashable {
    var source: String
    var target: String
  }

  private(set) var edges: Set<Edge> = []

  /// For each atom, flow start and flow end the controller that it belongs to.
  private(set) var controllers: [String: String] = [:]

  /// Whether a child of a graph flow reads what two others provide.
  private(set) var isAmbiguous = false

  init(of flow: Flow) {
    add(flow, around: nil)
  }

  private mutating func add(_ flow: Flow, around: String?) {
    controllers[flow.name] = around
    controllers[flow.name + "$"] = around
    if let retry = flow.retry { controllers[retry.name] = around }
    let inside = flow.retry?.name ?? around
    let links = links(of: flow)
    let entry = flow.retry?.name ?? flow.name
    if let retry = flow.retry { edges.insert(Edge(source: flow.name, target: retry.name)) }
    for item in flow.items {
      switch item {
      case .task(let task): controllers[task.name] = inside
      case .flow(let nested): add(nested, around: inside)
      }
      if !links.contains(where: { $0.1 == item.source }) {
        edges.insert(Edge(source: entry, target: item.source))
      }
      if !links.contains(where: { $0.0 == item.source }) {
        edges.insert(Edge(source: item.sink, target: flow.name + "$"))
      }
    }
    let sinks = Dictionary(uniqueKeysWithValues: flow.items.map { ($0.source, $0.sink) })
    for (source, target) in links {
      edges.insert(Edge(source: sinks[source] ?? source, target: target))
    }
    if flow.items.isEmpty { edges.insert(Edge(source: entry, target: flow.name + "$")) }
  }

  /// The order between the children of a flow, by the names of their first nodes.
  private mutating func links(of flow: Flow) -> [(String, String)] {
    let items = flow.items
    switch flow.pattern {
    case .unordered: return []
    case .linear: return zip(items, items.dropFirst()).map { ($0.source, $1.source) }
    case .graph: break
    }
    var links = flow.links.map { ($0.source, $0.target) }
    let own = Set(flow.retry?.provision.items.map(\.symbol) ?? [])
    for (index, item) in items.enumerated() {
      for symbol in item.needs where !own.contains(symbol) {
        let providers = items.indices.filter { $0 != index && items[$0].provides.contains(symbol) }
        if providers.count == 1 { links.append((items[providers[0]].source, item.source)) }
        if providers.count > 1 { isAmbiguous = true }
      }
    }
    return links
  }
}

extension FlowItem {
  var source: String {
    switch self {
    case .task(let task): task.name
    case .flow(let flow): flow.name
    }
  }

  fileprivate var sink: String {
    switch self {
    case .task(let task): task.name
    case .flow(let flow): flow.name + "$"
    }
  }

  /// All that is provided in it.
  fileprivate var provides: Set<String> {
    switch self {
    case .task(let task): Set(task.provision.items.map(\.symbol))
    case .flow(let flow):
      flow.items.reduce(into: Set(flow.retry?.provision.items.map(\.symbol) ?? [])) {
        $0.formUnion($1.provides)
      }
    }
  }

  /// All that it needs from others.
  fileprivate var needs: Set<String> {
    switch self {
    case .task(let task):
      let methods =
        task.requirements + task.revertRequirements
        + (task.traits.condition?.requirements ?? [])
      return Set(methods.filter { !$0.isOptional }.map(\.symbol))
        .subtracting(task.traits.injections.map(\.symbol))
    case .flow(let flow): return flow.needs
    }
  }
}

extension Flow {
  fileprivate var needs: Set<String> {
    var needs: Set<String> = []
    for (index, item) in items.enumerated() {
      var met: Set<String> = []
      switch pattern {
      case .linear: for other in items[..<index] { met.formUnion(other.provides) }
      case .unordered: break
      case .graph:
        for other in items.indices where other != index { met.formUnion(items[other].provides) }
      }
      needs.formUnion(item.needs.subtracting(met))
    }
    needs.subtract(retry?.provision.items.map(\.symbol) ?? [])
    return needs.union((retry?.requirements ?? []).filter { !$0.isOptional }.map(\.symbol))
  }
}
