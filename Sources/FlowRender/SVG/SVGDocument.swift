/// The picture of a drawing as an SVG: layers from the ground up, so that words lie over lines
/// and boxes over frames.
struct SVGDocument {
  let drawing: Drawing
  let measures: Measures
  let layout: Layout
  let depths: [Int]

  /// The space around everything.
  static let margin = 12.0

  init(_ drawing: Drawing, _ measures: Measures, _ layout: Layout) {
    self.drawing = drawing
    self.measures = measures
    self.layout = layout
    depths = drawing.clusterDepths
  }

  /// The whole file.
  var text: String {
    var writer = SVGWriter()
    let page = page
    writer.add(
      .svg, .namespace, .viewBox(page), .role("graphics-document document"),
      .roleDescription("flow diagram"), .classes("tfg"),
    ) { writer in
      writer.add(.title, words: drawing.title)
      if !drawing.description.isEmpty { writer.add(.desc, words: drawing.description) }
      writer.addStyleSheet()
      writer.add(
        .rect, .classes("tfg-paper"), .x(page.left), .y(page.top), .width(page.width),
        .height(page.height))
      writer.add(.g) { addFrames(to: &$0) }
      writer.add(.g) { addLines(to: &$0) }
      writer.add(.g) { addNodes(to: &$0) }
      writer.add(.g) { addHeaders(to: &$0) }
      writer.add(.g, .hidden) { addLabels(to: &$0) }
    }
    return writer.text
  }

  /// What the picture covers. Headers and loops may reach over the layout's own bounds.
  var page: Rectangle {
    var bounds = layout.bounds
    for case let frame? in layout.clusters {
      bounds = bounds.including(Point(x: frame.left, y: frame.top))
      bounds = bounds.including(Point(x: frame.right, y: frame.bottom))
    }
    for (index, course) in layout.edges.enumerated() {
      guard let center = course?.label, let label = measures.edges[index] else { continue }
      bounds = bounds.including(Point(x: center.x - label.width / 2, y: center.y - 8))
      bounds = bounds.including(Point(x: center.x + label.width / 2, y: center.y + 8))
    }
    let margin = SVGDocument.margin
    return Rectangle(
      left: (bounds.left - margin).rounded(.down), top: (bounds.top - margin).rounded(.down),
      right: (bounds.right + margin).rounded(.up), bottom: (bounds.bottom + margin).rounded(.up))
  }

  /// The class of a band of depth; deeper flows keep the last.
  static func band(_ depth: Int) -> Int { min(depth, Token.bands.count - 1) }
}
