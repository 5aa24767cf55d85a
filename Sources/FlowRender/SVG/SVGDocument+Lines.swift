extension SVGDocument {
  /// The lines with their arrows, in declaration order.
  func addLines(to writer: inout SVGWriter) {
    for (index, edge) in drawing.edges.enumerated() {
      guard let course = layout.edges[index] else { continue }
      writer.add(.g, .classes(classes(of: edge))) { writer in
        writer.add(.title, words: drawing.words(of: edge))
        let path = SVGPath.curve(course.points)
        writer.add(.path, .classes("tfg-line"), .path(path))
        if edge.kind == .revert { writer.add(.path, .classes("tfg-between"), .path(path)) }
        if let tip = course.end, let base = course.points.last {
          writer.add(.path, .classes("tfg-head"), .path(SVGPath.arrow(from: base, to: tip)))
        }
        if let tip = course.start, let base = course.points.first {
          writer.add(.path, .classes("tfg-diamond"), .path(SVGPath.diamond(from: base, to: tip)))
        }
      }
    }
  }

  private func classes(of edge: Drawing.Edge) -> String {
    var classes = ["tfg-edge"]
    switch edge.kind {
    case .data, .cycleHop: break
    case .order: classes.append("tfg-order")
    case .decider: classes.append("tfg-decider")
    case .revert: classes.append("tfg-undo")
    }
    if edge.isDefective { classes.append("tfg-defect") }
    if edge.marks.contains(.critical) { classes.append("tfg-critical") }
    return classes.joined(separator: " ")
  }

  /// The words at lines; their titles say the same, so these are for eyes only.
  func addLabels(to writer: inout SVGWriter) {
    for (index, edge) in drawing.edges.enumerated() {
      guard let label = measures.edges[index], let center = layout.edges[index]?.label
      else { continue }
      // A label over a level line keeps some distance from it.
      let lift = drawing.direction == .leftToRight ? 1.5 : 0
      writer.add(.g, .move(Point(x: center.x, y: center.y - lift))) { writer in
        writer.add(.title, words: drawing.words(of: edge))
        var x = -(label.width - 6) / 2
        if let hop = label.hop {
          let radius = EdgeLabel.discRadius
          let disc = SVGPath.circle(Point(x: x + radius, y: 0), radius: radius)
          writer.add(.path, .classes("tfg-hop"), .path(disc))
          writer.add(
            .text, .classes("tfg-hop-number"), .x(x + radius), .y(3.2), .centered, words: "\(hop)")
          x += 2 * radius + 4
        }
        guard let text = label.text else { return }
        writer.add(
          .text, .classes(labelClasses(of: edge, at: center)), .x(x), .y(3.2), words: text.text)
      }
    }
  }

  private func labelClasses(of edge: Drawing.Edge, at center: Point) -> String {
    var classes = ["tfg-label", "tfg-halo"]
    if let depth = depth(at: center) { classes.append("tfg-on-\(SVGDocument.band(depth))") }
    if case .decider = edge.kind { classes.append("tfg-condition") }
    if edge.isDefective { classes.append("tfg-defect") }
    return classes.joined(separator: " ")
  }

  /// How deep the innermost frame around a place is; nothing outside of all frames.
  private func depth(at place: Point) -> Int? {
    var deepest: Int?
    for (index, frame) in layout.clusters.enumerated() {
      guard let frame, frame.contains(place) else { continue }
      deepest = max(deepest ?? 0, depths[index])
    }
    return deepest
  }
}
