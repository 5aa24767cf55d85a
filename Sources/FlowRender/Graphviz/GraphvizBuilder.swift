import CGraphviz

/// Builds Graphviz's graph from a drawing and its measures: boxes of known size, fillers as
/// large as the words will be, and how far apart things have to be.
struct GraphvizBuilder: ~Copyable {
  var graph: GraphvizGraph
  private let drawing: Drawing
  private let measures: Measures
  private let ranks: RankPlan
  private(set) var nodes: [GraphvizGraph.Node] = []
  private(set) var edges: [EdgeHandle] = []
  private(set) var clusters: [GraphvizGraph.Graph?] = []
  private var clusterNames: [String] = []

  /// An edge of the graph, and whether it runs against the drawing's.
  struct EdgeHandle {
    var edge: GraphvizGraph.Edge
    var isReversed: Bool
  }

  /// Graphviz keeps the course of a curve in a table of fixed size, about two places for each of
  /// the ranks that it passes, and writes beyond it; labels double the ranks. Straight lines do
  /// without.
  private static let deepestCurve = 200

  /// Frames that are nested more deeply are left out; Graphviz recurses over them.
  static let deepestFrame = 40

  /// - Parameter graph: The graph to fill, without anything in it yet.
  init(_ drawing: Drawing, _ measures: Measures, filling graph: consuming GraphvizGraph) {
    self.graph = graph
    self.drawing = drawing
    self.measures = measures
    ranks = RankPlan(drawing)
  }

  /// Adds everything of the drawing, once.
  mutating func build() throws(RenderError) {
    declareDefaults()
    try addClusters()
    try addNodes()
    try addFillers()
    try addEdges()
    try addTies()
  }

  private func declareDefaults() {
    let graphDefaults = [
      ("rankdir", drawing.direction == .leftToRight ? "LR" : "TB"), ("ranksep", "0.55"),
      ("nodesep", "0.28"), ("newrank", "true"), ("compound", "true"), ("margin", "14"),
      ("label", ""),
      ("splines", ranks.depth > GraphvizBuilder.deepestCurve ? "line" : "true"),
      ("labeljust", "l"), ("fontname", "Helvetica"), ("fontsize", String(ClusterHeader.lineSize)),
      // The time for a layout is bounded: beyond a few hundred edges more rounds gain little.
      ("nslimit", drawing.edges.count > 1_500 ? "0.1" : drawing.edges.count > 400 ? "0.5" : "100"),
      ("mclimit", drawing.edges.count > 400 ? "0.3" : "2"),
    ]
    for (name, value) in graphDefaults { graph.setDefault(name, value) }
    let nodeDefaults = [
      ("shape", "box"), ("fixedsize", "true"), ("label", ""), ("width", "0.5"), ("height", "0.4"),
    ]
    for (name, value) in nodeDefaults { graph.setNodeDefault(name, value) }
    let edgeDefaults = [
      ("arrowsize", "0.7"), ("fontname", "Helvetica"), ("fontsize", "9"),
      ("label", ""), ("minlen", "1"), ("weight", "1"), ("dir", "forward"),
      ("arrowtail", "none"), ("arrowhead", "normal"), ("lhead", ""), ("ltail", ""),
      ("headport", ""), ("tailport", ""), ("style", ""),
    ]
    for (name, value) in edgeDefaults { graph.setEdgeDefault(name, value) }
  }

  private mutating func addClusters() throws(RenderError) {
    clusterNames = graph.orderedNames(count: drawing.clusters.count)
    let depths = drawing.clusterDepths
    for (index, cluster) in drawing.clusters.enumerated() {
      guard depths[index] < GraphvizBuilder.deepestFrame else {
        clusters.append(nil)
        continue
      }
      let parent = cluster.parent.flatMap { clusters[$0] } ?? graph.root
      let raw = try graph.addSubgraph(clusterNames[index], in: parent)
      if let header = measures.clusters[index] {
        tfg_set_graph(
          raw, "label", Filler.letters(width: header.width, size: ClusterHeader.lineSize))
      }
      clusters.append(raw)
    }
  }

  private mutating func addNodes() throws(RenderError) {
    for (index, node) in drawing.nodes.enumerated() {
      let raw = try graph.addNode("n\(index)", in: framed(node.cluster) ?? graph.root)
      let box = measures.nodes[index]
      tfg_set_node(raw, "width", inches(box.width))
      tfg_set_node(raw, "height", inches(box.height))
      if node.kind.isDot { tfg_set_node(raw, "shape", "circle") }
      nodes.append(raw)
    }
  }

  /// The frame of a cluster, or of the nearest one around it that has a frame.
  private func framed(_ cluster: Int?) -> GraphvizGraph.Graph? {
    var current = cluster
    while let index = current {
      if let raw = clusters[index] { return raw }
      current = drawing.clusters[index].parent
    }
    return nil
  }

  /// Graphviz draws no frame around nothing, so an empty flow gets an invisible node.
  private func addFillers() throws(RenderError) {
    var isEmpty = [Bool](repeating: true, count: drawing.clusters.count)
    for case let cluster? in drawing.nodes.map(\.cluster) { isEmpty[cluster] = false }
    // Children come after their parents, so one pass backwards reaches every ancestor.
    for (index, cluster) in drawing.clusters.enumerated().reversed() where !isEmpty[index] {
      if let parent = cluster.parent { isEmpty[parent] = false }
    }
    for (index, raw) in clusters.enumerated() where isEmpty[index] {
      if let raw { _ = try graph.addNode("p\(index)", in: raw) }
    }
  }

  private mutating func addEdges() throws(RenderError) {
    let ancestry = ClusterAncestry(drawing)
    for (index, edge) in drawing.edges.enumerated() {
      let rise = ranks.rise(of: edge)
      let isReversed = rise < 0
      let (tail, head) = isReversed ? (edge.target, edge.source) : (edge.source, edge.target)
      let raw = try graph.addEdge("e\(index)", from: nodes[tail], to: nodes[head])
      tfg_set_edge(raw, "minlen", String(max(abs(rise), 1)))
      tfg_set_edge(raw, "weight", String(straightness(of: edge, rise: rise)))
      if let label = measures.edges[index] {
        tfg_set_edge(raw, "label", Filler.letters(width: label.width, size: label.lineSize))
        tfg_set_edge(raw, "fontsize", String(label.lineSize))
      }
      setEnds(of: raw, for: edge, isReversed: isReversed)
      if tail != head { setPorts(of: raw, from: tail, to: head) }
      attach(raw, of: edge, isReversed: isReversed, ancestry)
      edges.append(EdgeHandle(edge: raw, isReversed: isReversed))
    }
  }

  private func addTies() throws(RenderError) {
    for (index, tie) in ranks.ties.enumerated() {
      let raw = try graph.addEdge("t\(index)", from: nodes[tie.from], to: nodes[tie.to])
      tfg_set_edge(raw, "minlen", String(tie.length))
      tfg_set_edge(raw, "style", "invis")
    }
  }

  /// Lines between neighbouring tiers are the picture's backbone: long ones bend around them.
  private func straightness(of edge: Drawing.Edge, rise: Int) -> Int {
    let weight = min(max(edge.weight, 0), 200)
    return abs(rise) == 1 ? weight * 5 : weight
  }

  /// Lines touch a box with round ends in the middle of its side, since Graphviz takes it for a
  /// rectangle and would leave a gap at its corners.
  private func setPorts(of raw: GraphvizGraph.Edge, from tail: Int, to head: Int) {
    let (leaving, arriving) = drawing.direction == .leftToRight ? ("e", "w") : ("s", "n")
    if drawing.nodes[tail].kind.isPill { tfg_set_edge(raw, "tailport", leaving) }
    if drawing.nodes[head].kind.isPill { tfg_set_edge(raw, "headport", arriving) }
  }

  private func setEnds(
    of raw: GraphvizGraph.Edge, for edge: Drawing.Edge, isReversed: Bool,
  ) {
    if case .decider = edge.kind {
      tfg_set_edge(raw, "dir", "both")
      tfg_set_edge(raw, isReversed ? "arrowhead" : "arrowtail", "diamond")
      if isReversed { tfg_set_edge(raw, "arrowtail", "normal") }
    } else if isReversed {
      tfg_set_edge(raw, "dir", "back")
      tfg_set_edge(raw, "arrowtail", "normal")
    }
  }

  /// Ends the line at frames, where it may: one end inside the frame, the other outside.
  private func attach(
    _ raw: GraphvizGraph.Edge, of edge: Drawing.Edge, isReversed: Bool,
    _ ancestry: ClusterAncestry,
  ) {
    if let cluster = edge.targetCluster, clusters[cluster] != nil,
      ancestry.holds(edge.target, in: cluster), !ancestry.holds(edge.source, in: cluster)
    {
      tfg_set_edge(raw, isReversed ? "ltail" : "lhead", clusterNames[cluster])
    }
    if let cluster = edge.sourceCluster, clusters[cluster] != nil,
      ancestry.holds(edge.source, in: cluster), !ancestry.holds(edge.target, in: cluster)
    {
      tfg_set_edge(raw, isReversed ? "lhead" : "ltail", clusterNames[cluster])
    }
  }

  private func inches(_ points: Double) -> String {
    // Graphviz lays out in whole points; up to four digits of an inch say one exactly.
    let tenThousandths = Int((points / 72 * 10_000).rounded())
    let rest = String(tenThousandths % 10_000)
    return "\(tenThousandths / 10_000)." + String(repeating: "0", count: 4 - rest.count) + rest
  }
}
