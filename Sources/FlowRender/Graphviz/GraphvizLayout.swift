import CGraphviz
import Synchronization

/// Where Graphviz's `dot` puts the parts of a drawing.
///
/// Graphviz says only where things are; what they look like and what is written in them is drawn
/// by `SVGDocument`. It is not thread-safe, not even with separate contexts, so the process has
/// one lock for all of it. It may call `exit` or run for long on some graphs: a command calls it
/// in a process of its own, with a deadline.
enum GraphvizLayout {
  /// The one lock; what is behind it is all of Graphviz, not only the plugin.
  static let plugin = Mutex(GraphvizPlugin())

  /// The layout of a drawing whose indices hold.
  static func of(_ drawing: Drawing, _ measures: Measures) throws(RenderError) -> Layout {
    try plugin.withLock { plugin throws(RenderError) in
      try lockedLayout(of: drawing, measures, with: &plugin)
    }
  }

  private static func lockedLayout(
    of drawing: Drawing, _ measures: Measures, with plugin: inout GraphvizPlugin,
  ) throws(RenderError) -> Layout {
    GraphvizMessages.listen()
    let context = try GraphvizContext(plugin: plugin.loaded())
    var builder = GraphvizBuilder(drawing, measures, filling: try GraphvizGraph(in: context))
    try builder.build()
    try builder.graph.layOut()
    return layout(of: builder)
  }

  private static func layout(of builder: borrowing GraphvizBuilder) -> Layout {
    let box = tfg_graph_box(builder.graph.root)
    // Graphviz counts upwards from the bottom.
    func place(_ point: tfg_point) -> Point { Point(x: point.x - box.left, y: box.top - point.y) }
    var layout = Layout(
      bounds: Rectangle(left: 0, top: 0, right: box.right - box.left, bottom: box.top - box.bottom),
      nodes: builder.nodes.map { place(tfg_node_center($0)) }, clusters: [], edges: [],
      warnings: GraphvizMessages.heard())
    for cluster in builder.clusters {
      layout.clusters.append(
        cluster.map { raw in
          let frame = tfg_graph_box(raw)
          let upper = place(tfg_point(x: frame.left, y: frame.top))
          let lower = place(tfg_point(x: frame.right, y: frame.bottom))
          return Rectangle(left: upper.x, top: upper.y, right: lower.x, bottom: lower.y)
        })
    }
    for handle in builder.edges {
      let course = course(of: handle.edge, place)
      layout.edges.append(handle.isReversed ? course?.reversed : course)
      for point in course?.points ?? [] { layout.bounds = layout.bounds.including(point) }
    }
    return layout
  }

  private static func course(
    of edge: GraphvizGraph.Edge, _ place: (tfg_point) -> Point,
  ) -> Course? {
    guard let lines = tfg_edge_splines(edge), lines.pointee.size > 0, let list = lines.pointee.list
    else { return nil }
    // There is one line for each edge: several would come from `concentrate`, which is not used.
    let line = list.pointee
    guard line.size > 1, let points = line.list else { return nil }
    var course = Course()
    for index in 0..<Int(line.size) {
      course.points.append(place(tfg_point(x: points[index].x, y: points[index].y)))
    }
    if line.sflag != 0 { course.start = place(tfg_point(x: line.sp.x, y: line.sp.y)) }
    if line.eflag != 0 { course.end = place(tfg_point(x: line.ep.x, y: line.ep.y)) }
    var center = tfg_point()
    if tfg_edge_label(edge, &center) != 0 { course.label = place(center) }
    return course
  }
}
