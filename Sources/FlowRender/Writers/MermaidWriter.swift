import FlowDiagnostics

/// A drawing as a Mermaid flowchart, for Markdown pages.
struct MermaidWriter {
  private let drawing: Drawing

  /// The most characters of one label.
  private static let longestLabel = 60

  init(_ drawing: Drawing) {
    self.drawing = drawing
  }

  /// The whole diagram.
  var text: String {
    var lines = ["flowchart \(drawing.direction == .leftToRight ? "LR" : "TB")"]
    for step in Nesting.steps(of: drawing, by: .declaration) {
      switch step {
      case .node(let index, let depth):
        lines.append(indent(depth + 1) + statement(ofNode: index))
      case .open(let index, let depth):
        lines.append(
          "\(indent(depth + 1))subgraph c\(index)[\(title(of: drawing.clusters[index]))]")
      case .close(_, let depth): lines.append("\(indent(depth + 1))end")
      }
    }
    let hidesSymbols = drawing.hidesSymbolLabels
    for edge in drawing.edges {
      lines.append(
        "  n\(edge.source) \(line(of: edge, hidesSymbols: hidesSymbols)) n\(edge.target)")
    }
    lines += classDefinitions.map { "  \($0)" }
    lines += classAssignments.map { "  \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func indent(_ depth: Int) -> String {
    String(repeating: "  ", count: min(depth, 20))
  }

  private func title(of cluster: Drawing.Cluster) -> String {
    var words = [cluster.name, cluster.pattern, cluster.badge].compactMap(\.self)
    if let attempts = cluster.attempts { words.append(attempts.words) }
    words.removeAll(where: \.isEmpty)
    return MermaidText.quoted(shortened(words.joined(separator: " · ")))
  }

  private func statement(ofNode index: Int) -> String {
    let node = drawing.nodes[index]
    let glyph = node.state.glyph.map { "\($0) " } ?? ""
    let name = shortened(glyph + node.name)
    let label =
      if let detail = node.detail, !detail.isEmpty {
        MermaidText.quoted(name, shortened(detail))
      } else {
        MermaidText.quoted(name)
      }
    return switch node.kind {
    case .start: "n\(index)((\" \"))"
    case .end: "n\(index)(((\" \")))"
    case .task, .ghost: "n\(index)(\(label))"
    case .retryController, .symbol: "n\(index)([\(label)])"
    case .foldedFlow: "n\(index)[[\(label)]]"
    }
  }

  private func shortened(_ text: String) -> String {
    VisibleText.line(text, limit: MermaidWriter.longestLabel)
  }

  private func line(of edge: Drawing.Edge, hidesSymbols: Bool) -> String {
    let arrow =
      switch edge.kind {
      case .data: "-->"
      case .order, .decider, .revert: "-.->"
      case .cycleHop: "==>"
      }
    var words = edge.label ?? ""
    if case .cycleHop(let number, _) = edge.kind { words = "\(number) \(words)" }
    if case .data = edge.kind, hidesSymbols { words = "" }
    return words.isEmpty ? arrow : "\(arrow)|\(MermaidText.quoted(shortened(words)))|"
  }

  /// Only for what occurs, in the order of the states.
  private var classDefinitions: [String] {
    let states = Set(drawing.nodes.map(\.state))
    var lines = StateStyle.all.filter { states.contains($0.state) }.map { style in
      "classDef \(style.state.rawValue) fill:\((style.fill ?? Token.paper).light.css),"
        + "color:\(style.text.light.css),stroke:\(style.border.light.css),"
        + "stroke-width:\(Decimals.text(style.borderWidth))px"
    }
    if drawing.nodes.contains(where: \.isDefective) {
      lines.append(
        "classDef defect fill:\(Token.defectGround.light.css),color:\(Token.defectInk.light.css),"
          + "stroke:\(Token.defect.light.css),stroke-width:2px")
    }
    return lines
  }

  private var classAssignments: [String] {
    var lines: [String] = []
    for (index, node) in drawing.nodes.enumerated() {
      if node.state != .plain {
        lines.append("class n\(index) \(node.state.rawValue)")
      } else if node.isDefective {
        lines.append("class n\(index) defect")
      }
    }
    for (index, cluster) in drawing.clusters.enumerated() where cluster.kind == .areaOfInfluence {
      lines.append(
        "style c\(index) stroke:\(Token.retry.light.css),stroke-dasharray:6 4")
    }
    let defects = drawing.edges.indices.filter { drawing.edges[$0].isDefective }
    if !defects.isEmpty {
      let list = defects.map(String.init).joined(separator: ",")
      lines.append("linkStyle \(list) stroke:\(Token.defect.light.css),stroke-width:2px")
    }
    return lines
  }
}
