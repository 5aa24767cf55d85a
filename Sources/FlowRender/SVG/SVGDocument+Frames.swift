extension SVGDocument {
  private static let corner = 10.0

  /// The frames of flows and areas of influence, outermost first.
  func addFrames(to writer: inout SVGWriter) {
    for (index, cluster) in drawing.clusters.enumerated() {
      guard let frame = layout.clusters[index] else { continue }
      let kind = cluster.kind == .flow ? "tfg-flow" : "tfg-area"
      writer.add(.g, .role("graphics-object group"), .label(cluster.words)) { writer in
        writer.add(.title, words: cluster.words)
        if cluster.revertsAll { addUndoLine(of: index, from: frame, to: &writer) }
        writer.add(
          .rect, .classes("\(kind) tfg-band-\(SVGDocument.band(depths[index]))"), .x(frame.left),
          .y(frame.top), .width(frame.width), .height(frame.height), .corner(SVGDocument.corner))
      }
    }
  }

  /// A thin line from an area to the outermost border, for a retry that undoes everything: that
  /// of the frame around all others, or of the picture.
  private func addUndoLine(of index: Int, from frame: Rectangle, to writer: inout SVGWriter) {
    var outermost = index
    while let parent = drawing.clusters[outermost].parent { outermost = parent }
    let isOutermost = outermost == index
    let border = isOutermost ? page.left + 3 : layout.clusters[outermost]?.left ?? page.left + 3
    let y = min(frame.top + 24, (frame.top + frame.bottom) / 2)
    let path = SVGPath.line(Point(x: frame.left, y: y), Point(x: border, y: y))
    let bar = SVGPath.line(Point(x: border, y: y - 4), Point(x: border, y: y + 4))
    writer.add(.path, .classes("tfg-undo-all"), .path(path + bar))
  }

  /// What is written on frames; over lines, which pass behind the words' ground.
  func addHeaders(to writer: inout SVGWriter) {
    for (index, header) in measures.clusters.enumerated() {
      guard let header, let frame = layout.clusters[index] else { continue }
      writer.add(.g, .hidden, .move(Point(x: frame.left, y: frame.top))) { writer in
        var x = ClusterHeader.inset
        let words = [(header.name, "tfg-heading"), (header.pattern, "tfg-aside")]
        for case (let text?, let kind) in words {
          let ground = "tfg-band-\(SVGDocument.band(depths[index]))"
          writer.add(
            .rect, .classes(ground), .x(x - 3), .y(8), .width(text.width + 6), .height(13),
            .corner(3))
          writer.add(.text, .classes(kind), .x(x), .y(18), words: text.text)
          x += text.width + ClusterHeader.gap
        }
        if let badge = header.badge { addBadge(badge, at: x, to: &writer) }
      }
    }
  }

  private func addBadge(
    _ badge: ClusterHeader.Badge, at left: Double, to writer: inout SVGWriter,
  ) {
    let top = 7.0
    writer.add(
      .rect, .classes("tfg-badge"), .x(left), .y(top), .width(badge.width),
      .height(ClusterHeader.Badge.height), .corner(ClusterHeader.Badge.height / 2))
    var x = left + ClusterHeader.Badge.padding
    if badge.hasSign {
      let sign = Icon.smallRetry.path
      writer.add(
        .path, .classes("tfg-badge-line"), .path(sign), .move(Point(x: x, y: top + 3)))
      x += ClusterHeader.Badge.iconWidth
    }
    if !badge.text.text.isEmpty {
      x += 4
      writer.add(.text, .classes("tfg-badge-text"), .x(x), .y(top + 10.8), words: badge.text.text)
      x += badge.text.width
    }
    for (index, isMade) in badge.dots.enumerated() {
      let center = Point(
        x: x + 6 + Double(index) * ClusterHeader.Badge.dotStep,
        y: top + ClusterHeader.Badge.height / 2)
      let kind = isMade ? "tfg-attempt" : "tfg-badge-line"
      let radius = isMade ? 2.6 : 2.0
      writer.add(.path, .classes(kind), .path(SVGPath.circle(center, radius: radius)))
    }
  }
}
