import CGraphviz

/// A graph that Graphviz lays out, built through its interface and freed with its layout.
///
/// Names and values come from this program only (`n0`, `cluster0`, numbers, fillers): no
/// text of a user's ever gets to Graphviz, which reads markup into some of it.
struct GraphvizGraph: ~Copyable {
  typealias Graph = UnsafeMutablePointer<Agraph_t>
  typealias Node = UnsafeMutablePointer<Agnode_t>
  typealias Edge = UnsafeMutablePointer<Agedge_t>

  let root: Graph
  // Freed after the graph, since the layout's memory is released through it.
  private let context: GraphvizContext
  private var isLaidOut = false

  init(in context: consuming GraphvizContext) throws(RenderError) {
    guard let root = tfg_open_graph("flow") else { throw .layoutFailed(["no graph"]) }
    self.root = root
    self.context = context
  }

  deinit {
    if isLaidOut { gvFreeLayout(context.raw, root) }
    agclose(root)
  }

  /// Lays the graph out with `dot`.
  mutating func layOut() throws(RenderError) {
    let status = gvLayout(context.raw, root, "dot")
    isLaidOut = true
    guard status == 0 else { throw .layoutFailed(GraphvizMessages.heard()) }
  }

  /// Sets an attribute of the graph, and so the default of its clusters.
  func setDefault(_ name: String, _ value: String) {
    tfg_declare_graph(root, name, value)
  }

  func setNodeDefault(_ name: String, _ value: String) {
    tfg_declare_node(root, name, value)
  }

  func setEdgeDefault(_ name: String, _ value: String) {
    tfg_declare_edge(root, name, value)
  }

  func addNode(_ name: String, in graph: Graph) throws(RenderError) -> Node {
    guard let node = tfg_node(graph, name) else { throw .layoutFailed(["no node"]) }
    return node
  }

  func addEdge(_ name: String, from tail: Node, to head: Node) throws(RenderError) -> Edge {
    guard let edge = tfg_edge(root, tail, head, name) else { throw .layoutFailed(["no edge"]) }
    return edge
  }

  func addSubgraph(_ name: String, in graph: Graph) throws(RenderError) -> Graph {
    guard let subgraph = tfg_subgraph(graph, name) else { throw .layoutFailed(["no cluster"]) }
    return subgraph
  }

  /// Names for clusters in the order in which Graphviz will visit them.
  ///
  /// It visits subgraphs by the address of their interned names, which is another one in each
  /// run; so names are interned first and handed out by address. Without this the same drawing
  /// would get different layouts.
  func orderedNames(count: Int) -> [String] {
    let names = (0..<count).map { "cluster\($0)" }
    return names.map { (address: tfg_interned(root, $0), name: $0) }
      .sorted { $0.address < $1.address }
      .map(\.name)
  }
}
