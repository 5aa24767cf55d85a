/// The sizes of everything in a drawing, before it is laid out.
struct Measures: Hashable, Sendable {
  var nodes: [NodeBox]
  var edges: [EdgeLabel?]
  var clusters: [ClusterHeader?]

  init(of drawing: Drawing) {
    let hidesSymbols = drawing.hidesSymbolLabels
    nodes = drawing.nodes.map(NodeBox.of)
    edges = drawing.edges.map { EdgeLabel.of($0, hidesSymbols: hidesSymbols) }
    clusters = drawing.clusters.map(ClusterHeader.of)
  }
}
