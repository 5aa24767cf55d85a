import FlowDiagnostics

/// A drawing in Graphviz's language, for other people's tools.
///
/// It says the same as the picture, in Graphviz's own means: two lines in one weight, its shapes
/// and colours. Nodes are named `n0`, `n1`, …; words are in labels and tooltips only.
struct DOTWriter {
  private let drawing: Drawing

  init(_ drawing: Drawing) {
    self.drawing = drawing
  }

  /// The whole file.
  var text: String {
    var lines = ["digraph flow {"]
    lines += header.map { "  \($0)" }
    for step in Nesting.steps(of: drawing, by: .declaration) {
      switch step {
      case .node(let index, let depth):
        lines.append(indent(depth + 1) + statement(ofNode: index))
      case .open(let index, let depth):
        lines.append("\(indent(depth + 1))subgraph cluster\(index) {")
        lines.append(indent(depth + 2) + statement(ofCluster: index, depth: depth))
      case .close(_, let depth): lines.append("\(indent(depth + 1))}")
      }
    }
    let hidesSymbols = drawing.hidesSymbolLabels
    for edge in drawing.edges {
      lines.append("  \(statement(of: edge, hidesSymbols: hidesSymbols))")
    }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private var header: [String] {
    let direction = drawing.direction == .leftToRight ? "LR" : "TB"
    return [
      "graph [rankdir=\(direction), compound=true, ranksep=0.55, nodesep=0.28, margin=\"0.2\", "
        + "labeljust=l, fontname=\"Helvetica\", fontsize=10, label=\"\", "
        + "tooltip=\(DOTText.quoted(drawing.title))];",
      "node [shape=box, style=\"rounded,filled\", fillcolor=\(color(Token.box)), "
        + "color=\(color(Token.boxLine)), fontcolor=\(color(Token.ink)), "
        + "fontname=\"Helvetica\", fontsize=11, height=0.42, margin=\"0.14,0.08\"];",
      "edge [color=\(color(Token.dataLine)), fontcolor=\(color(Token.ink)), "
        + "fontname=\"Helvetica\", fontsize=9, arrowsize=0.7];",
    ]
  }

  /// Indentation stops growing, or a deeply nested flow would make a file of spaces.
  private func indent(_ depth: Int) -> String {
    String(repeating: "  ", count: min(depth, 20))
  }

  private func statement(ofCluster index: Int, depth: Int) -> String {
    let cluster = drawing.clusters[index]
    var words = [cluster.name, cluster.pattern, cluster.badge].compactMap(\.self)
    words.removeAll(where: \.isEmpty)
    if let attempts = cluster.attempts { words.append(attempts.words) }
    let isArea = cluster.kind == .areaOfInfluence
    let band = Token.bands[min(depth, Token.bands.count - 1)]
    return "graph [label=\(DOTText.quoted(words.joined(separator: "  "))), "
      + "style=\"rounded,filled\(isArea ? ",dashed" : "")\", "
      + "color=\(color(isArea ? Token.retry : Token.flowLine)), fillcolor=\(color(band)), "
      + "margin=14, tooltip=\(DOTText.quoted(cluster.words))];"
  }

  private func statement(ofNode index: Int) -> String {
    let node = drawing.nodes[index]
    var attributes = ["tooltip=\(DOTText.quoted(node.words))"]
    if let link = node.link.flatMap(SafeLink.address) {
      attributes.append("URL=\(DOTText.quoted(link))")
    }
    if node.kind.isDot {
      let shape = node.kind == .start ? "circle" : "doublecircle"
      attributes += ["label=\"\"", "shape=\(shape)", "width=0.12", "height=0.12", "margin=0"]
      attributes.append("fillcolor=\(color(Token.dataLine))")
    } else {
      attributes.insert("label=\(label(of: node))", at: 0)
      attributes += look(of: node)
    }
    return "n\(index) [\(attributes.joined(separator: ", "))];"
  }

  private func label(of node: Drawing.Node) -> String {
    let glyph = node.state.glyph.map { "\($0) " } ?? ""
    let name = VisibleText.line(glyph + node.name, limit: 60)
    guard let detail = node.detail, !detail.isEmpty else { return DOTText.quoted(name) }
    return DOTText.quoted("\(name)\n\(VisibleText.line(detail, limit: 60))")
  }

  private func look(of node: Drawing.Node) -> [String] {
    if let style = StateStyle.of(node.state) {
      return [
        "color=\(color(style.border))", "fontcolor=\(color(style.text))",
        "fillcolor=\(color(style.fill ?? Token.paper))",
        "penwidth=\(Decimals.text(style.borderWidth))",
        "style=\"rounded,filled\(pattern(style.borderPattern))\"",
      ] + (style.borderPattern == .double ? ["peripheries=2"] : [])
    }
    if node.isDefective {
      return [
        "color=\(color(Token.defect))", "fontcolor=\(color(Token.defectInk))",
        "fillcolor=\(color(Token.defectGround))", "penwidth=2.2",
        "style=\"rounded,filled\(node.kind == .ghost ? ",dashed" : "")\"",
      ]
    }
    if node.kind == .retryController {
      return [
        "color=\(color(Token.retry))", "fontcolor=\(color(Token.retryInk))",
        "fillcolor=\(color(Token.retryGround))",
      ]
    }
    return node.marks.contains(.critical) ? ["color=\(color(Token.ink))", "penwidth=2.2"] : []
  }

  private func pattern(_ pattern: StateStyle.BorderPattern) -> String {
    switch pattern {
    case .solid, .double: ""
    case .dashed, .dashDotted: ",dashed"
    case .dotted: ",dotted"
    }
  }

  private func statement(of edge: Drawing.Edge, hidesSymbols: Bool) -> String {
    var attributes = ["tooltip=\(DOTText.quoted(drawing.words(of: edge)))"]
    if let label = edge.label, !hidesSymbols || edge.isDefective {
      attributes.insert("label=\(DOTText.quoted(VisibleText.line(label, limit: 40)))", at: 0)
    }
    switch edge.kind {
    case .data: break
    case .order: attributes += ["style=dashed", "color=\(color(Token.orderLine))"]
    case .decider: attributes += ["style=dotted", "dir=both", "arrowtail=odiamond"]
    case .revert: attributes += ["style=dashed", "penwidth=2", "constraint=false"]
    case .cycleHop: break
    }
    if edge.isDefective { attributes += ["color=\(color(Token.defect))", "penwidth=2.2"] }
    if let cluster = edge.sourceCluster { attributes.append("ltail=cluster\(cluster)") }
    if let cluster = edge.targetCluster { attributes.append("lhead=cluster\(cluster)") }
    return "n\(edge.source) -> n\(edge.target) [\(attributes.joined(separator: ", "))];"
  }

  private func color(_ token: Token) -> String { "\"\(token.light.css)\"" }
}
