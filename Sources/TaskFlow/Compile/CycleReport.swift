import FlowDiagnostics
import FlowGraph

/// Says which children of a flow wait for each other, with a reason for each hop.
struct CycleReport {
  let level: Outline.Level
  /// The level's place among the others.
  let index: Int
  let links: ChildLinks
  let outline: Outline
  let symbols: SymbolIndex

  /// How many names the message shows, and how many hops are told: nobody reads more.
  private static let shownNames = 8
  private static let shownHops = 50

  /// The finding for a cycle of a component, at the place of its first hop.
  func finding(
    for cycle: Cycle, in component: Int, of components: Components, _ graph: Digraph
  ) -> Finding {
    let hops = cycle.edges.prefix(Self.shownHops).map { hop(links.links[index][Int($0)]) }
    let names = cycle.nodes.map { outline.shownName(of: level.children[Int($0)]) }
    var finding = Finding(
      rule: "dependency-cycle",
      message: message(names),
      span: hops.first?.span ?? level.flow.span,
      related: hops,
      help: names.count == 1
        ? "drop this link" : "drop one of these dependencies, or split a task in two")
    let more = cycle.edges.count - hops.count
    if more > 0 { finding.notes.append("\(more) more hops lead back to '\(names[0])'") }
    let others = components.members[component].count - cycle.nodes.count
    if others > 0 {
      finding.notes.append(
        "\(others == 1 ? "1 more child is" : "\(others) more children are") in other cycles with these"
      )
    }
    let breaking = graph.edgesThatBreak(cycle, in: component, of: components)
    if let cut = cheapestCut(of: cycle, breaking) { finding.notes.append(cut) }
    return finding
  }

  /// The hop that costs least to cut, in words: an order that somebody asked for, else the fewest values.
  ///
  /// Hops without which no cycle of the component is left come before all others.
  ///
  /// - Parameter breaking: those hops; `nil` when that is not known.
  /// - Returns: `nil` when it does not differ from others.
  private func cheapestCut(of cycle: Cycle, _ breaking: [Int32]?) -> String? {
    let useful = (breaking ?? []).filter { cost(of: $0) < .max }
    let hops = useful.isEmpty ? cycle.edges : useful
    guard cycle.edges.count > 1, let cheapest = hops.min(by: { cost(of: $0) < cost(of: $1) }),
      cost(of: cheapest) == 0 || hops.count(where: { cost(of: $0) == cost(of: cheapest) }) == 1
    else { return nil }
    var words = "the cheapest to cut: \(hop(links.links[index][Int(cheapest)]).message)"
    // Where each hop breaks it there is one cycle only.
    if let breaking, breaking.count < cycle.edges.count {
      words += useful.isEmpty ? "; other cycles are left then" : "; no cycle is left then"
    }
    return words
  }

  private func cost(of hop: Int32) -> Int { cost(of: links.links[index][Int(hop)]) }

  private func cost(of link: ChildLinks.Link) -> Int {
    switch link.reason {
    case .link: 0
    case .data: link.symbols.count
    // The order of a linear flow goes only with the flow's pattern.
    case .sequence, .structure: .max
    }
  }

  private func message(_ names: [String]) -> String {
    let flow = "\(level.flow.pattern.rawValue) flow '\(level.flow.name)'"
    if names.count == 1 { return "'\(names[0])' in \(flow) waits for itself" }
    let shown = names.prefix(Self.shownNames).map { "'\($0)'" }
    let rest = names.count - shown.count
    let path = shown + (rest > 0 ? ["\(rest) more"] : []) + ["'\(names[0])'"]
    return "\(names.count) children of \(flow) wait for each other: "
      + path.joined(separator: " → ")
  }

  /// One hop, in words and with its place.
  private func hop(_ link: ChildLinks.Link) -> Finding.Related {
    let source = level.children[Int(link.source)]
    let target = level.children[Int(link.target)]
    let (before, after) = (
      "'\(outline.shownName(of: source))'", "'\(outline.shownName(of: target))'"
    )
    switch link.reason {
    case .data:
      let symbol = link.symbols.first.map { symbols.names[Int(links.symbols[Int($0)])] } ?? ""
      return Finding.Related(
        span: requirement(of: symbol, in: target)?.span ?? outline.span(of: target),
        message: "\(after) requires '\(symbol)', which \(before) provides")
    case .link:
      return Finding.Related(
        span: link.written.map { links.written[Int($0)].span } ?? outline.span(of: target),
        message: "\(after) is put after \(before)")
    case .sequence, .structure:
      return Finding.Related(
        span: outline.span(of: target),
        message: "\(after) follows \(before), as all children of a linear flow do")
    }
  }

  /// The first place in a child where a symbol is required.
  private func requirement(of symbol: String, in child: NodeIndex) -> Requirement? {
    for node in child...outline.sink(of: child) {
      let required: [Requirement]
      switch outline.kinds[Int(node)] {
      case .task(let task): required = outline.tasks[Int(task)].openRequirements
      case .retry(let retry): required = outline.controllers[Int(retry)].requirements
      case .flowStart, .flowEnd: continue
      }
      let found = required.first { $0.symbol == symbol && !$0.isOptional }
      if let found { return found }
    }
    return nil
  }
}
