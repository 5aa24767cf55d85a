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
    let around = outermost == index ? nil : layout.clusters[outermost]
    let border = around ?? page.inset(by: 3)
    let (start, end) = SVGDocument.wayOut(of: frame, to: border)
    let path = SVGPath.line(start, end)
    let isLevel = start.y == end.y
    let (across, along) = isLevel ? (0.0, 4.0) : (4.0, 0.0)
    let bar = SVGPath.line(
      Point(x: end.x - across, y: end.y - along), Point(x: end.x + across, y: end.y + along))
    writer.add(.path, .classes("tfg-undo-all"), .path(path + bar))
  }

  /// The shortest straight way from a frame to the border around it, which has the fewest things in
  /// its way; it keeps clear of the words on the left of the frame's upper edge.
  static func wayOut(of frame: Rectangle, to border: Rectangle) -> (start: Point, end: Point) {
    let x = max(frame.right - 24, (frame.left + frame.right) / 2)
    let y = min(frame.top + 24, (frame.top + frame.bottom) / 2)
    let ways: [(length: Double, start: Point, end: Point)] = [
      (frame.left - border.left, Point(x: frame.left, y: y), Point(x: border.left, y: y)),
      (frame.top - border.top, Point(x: x, y: frame.top), Point(x: x, y: border.top)),
      (border.right - frame.right, Point(x: frame.right, y: y), Point(x: border.right, y: y)),
      (border.bottom - frame.bottom, Point(x: x, y: frame.bottom), Point(x: x, y: border.bottom)),
    ]
    let shortest = ways.dropFirst().reduce(ways[0]) { $1.length < $0.length ? $1 : $0 }
    return (shortest.start, shortest.end)
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
