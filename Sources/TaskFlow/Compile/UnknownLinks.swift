import FlowDiagnostics

/// Reports links that name something which is no child of their flow.
struct UnknownLinks {
  private(set) var findings: [Finding] = []

  private let outline: Outline
  private var suggestions = SuggestionBudget()
  private var nodes: [String: NodeIndex]?
  private var siblings: (level: Int32, names: [String])?

  init(outline: Outline) {
    self.outline = outline
  }

  /// Adds a finding for the end of a link that is no child of the flow.
  mutating func report(_ link: Flow.Link, in level: Int32, isChild: (String) -> Bool) {
    let isSource = !isChild(link.source)
    let name = isSource ? link.source : link.target
    let purpose =
      isSource ? "to put '\(link.target)' after" : "to be put after '\(link.source)'"
    let flow = outline.levels[Int(level)].flow
    var finding = Finding(
      rule: "unknown-name",
      message: "\(flow.pattern.rawValue) flow '\(flow.name)' has no child '\(name)' \(purpose)",
      span: link.span)
    if let node = node(called: name) {
      finding.related = [
        Finding.Related(span: outline.span(of: node), message: place(of: node, from: level))
      ]
      finding.help = help(for: node, from: level)
    } else {
      let near = suggestions.nearest(to: name, among: names(in: level))
      finding.help =
        near.map { "did you mean '\($0)'?" } ?? "name a child of flow '\(flow.name)'"
    }
    findings.append(finding)
  }

  private func place(of node: NodeIndex, from level: Int32) -> String {
    if node == outline.levels[Int(level)].start { return "this is the flow itself" }
    switch outline.kinds[Int(node)] {
    case .retry: return "this is a retry controller, which starts before the children of its flow"
    default: break
    }
    let around = outline.container(of: node).map { outline.levels[Int($0)].flow.name }
    return around.map { "\(outline.label(of: node)) is a child of flow '\($0)'" }
      ?? "this is the outermost flow"
  }

  private func help(for node: NodeIndex, from level: Int32) -> String {
    let flow = outline.levels[Int(level)]
    if node > flow.start, node < flow.end, node != flow.retry {
      let child = outline.child(of: level, containing: node)
      return "name \(outline.label(of: child)), which contains it"
    }
    return "links join children of one flow: drop it, or link the flows around"
  }

  private mutating func node(called name: String) -> NodeIndex? {
    if let nodes { return nodes[name] }
    var found: [String: NodeIndex] = [:]
    found.reserveCapacity(outline.kinds.count)
    for index in outline.kinds.indices where found[outline.name(of: NodeIndex(index))] == nil {
      found[outline.name(of: NodeIndex(index))] = NodeIndex(index)
    }
    nodes = found
    return found[name]
  }

  private mutating func names(in level: Int32) -> [String] {
    if let siblings, siblings.level == level { return siblings.names }
    let names = outline.levels[Int(level)].children.map { outline.name(of: $0) }
    siblings = (level, names)
    return names
  }
}
