extension SVGDocument {
  /// The boxes, in declaration order, as a screen reader meets them.
  func addNodes(to writer: inout SVGWriter) {
    for index in drawing.nodes.indices {
      let node = drawing.nodes[index]
      if let address = node.link.flatMap(SafeLink.address) {
        writer.add(.a, .link(address)) { addNode(index, to: &$0) }
      } else {
        addNode(index, to: &writer)
      }
    }
  }

  private func addNode(_ index: Int, to writer: inout SVGWriter) {
    let node = drawing.nodes[index]
    let box = measures.nodes[index]
    let center = layout.nodes[index]
    let corner = Point(x: center.x - box.width / 2, y: center.y - box.height / 2)
    writer.add(
      .g, .role("graphics-symbol img"), .label(node.words), .classes(classes(of: node)),
      .move(corner),
    ) { writer in
      writer.add(.title, words: node.words)
      if node.kind.isDot {
        addDot(node, box, to: &writer)
      } else {
        addShape(of: node, box, to: &writer)
        addIcon(of: node, box, to: &writer)
        addWords(of: box, to: &writer)
      }
    }
  }

  private func classes(of node: Drawing.Node) -> String {
    var classes = ["tfg-node"]
    switch node.kind {
    case .retryController: classes.append("tfg-controller")
    case .symbol: classes.append("tfg-symbol")
    case .ghost: classes.append("tfg-ghost")
    case .task, .start, .end, .foldedFlow: break
    }
    if node.isDefective { classes.append("tfg-defect") }
    if node.marks.contains(.critical) { classes.append("tfg-critical") }
    if node.state != .plain { classes.append("tfg-\(node.state.rawValue)") }
    return classes.joined(separator: " ")
  }

  private func addDot(_ node: Drawing.Node, _ box: NodeBox, to writer: inout SVGWriter) {
    let center = Point(x: box.width / 2, y: box.height / 2)
    if node.kind == .end {
      let ring = SVGPath.circle(center, radius: box.width / 2 - 0.7)
      writer.add(.path, .classes("tfg-ring"), .path(ring))
      writer.add(.path, .classes("tfg-head"), .path(SVGPath.circle(center, radius: 2.2)))
    } else {
      let dot = SVGPath.circle(center, radius: box.width / 2 - 0.7)
      writer.add(.path, .classes("tfg-dot"), .path(dot))
    }
  }

  private func addShape(of node: Drawing.Node, _ box: NodeBox, to writer: inout SVGWriter) {
    let corner = node.kind.isPill ? box.height / 2 : 6
    if node.kind == .foldedFlow { addRectangle(box, inset: -3, corner: 8, "tfg-box", to: &writer) }
    addRectangle(box, inset: 0, corner: corner, "tfg-box", to: &writer)
    if StateStyle.of(node.state)?.borderPattern == .double {
      addRectangle(box, inset: 2.6, corner: corner - 2.6, "tfg-inner", to: &writer)
    }
  }

  private func addRectangle(
    _ box: NodeBox, inset: Double, corner: Double, _ classes: String, to writer: inout SVGWriter,
  ) {
    writer.add(
      .rect, .classes(classes), .x(inset), .y(inset), .width(box.width - 2 * inset),
      .height(box.height - 2 * inset), .corner(corner))
  }

  private func addIcon(of node: Drawing.Node, _ box: NodeBox, to writer: inout SVGWriter) {
    guard let icon = box.icon else { return }
    let place = Point(
      x: box.textInset - NodeBox.iconGap - icon.width, y: (box.height - Icon.height) / 2)
    let classes = icon.isFilled ? "tfg-icon tfg-icon-filled" : "tfg-icon"
    writer.add(.path, .classes(classes), .path(icon.path), .move(place))
  }

  private func addWords(of box: NodeBox, to writer: inout SVGWriter) {
    let middle = box.height / 2
    if let name = box.name {
      let baseline = box.detail == nil ? middle + 3.9 : middle - 2.6
      writer.add(.text, .classes("tfg-name"), .x(box.textInset), .y(baseline), words: name.text)
    }
    if let detail = box.detail {
      writer.add(
        .text, .classes("tfg-detail"), .x(box.textInset), .y(middle + 10.2), words: detail.text)
    }
  }
}
