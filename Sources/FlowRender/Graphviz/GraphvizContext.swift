import CGraphviz

/// One Graphviz context with the layout plugin and nothing else.
struct GraphvizContext: ~Copyable {
  let raw: OpaquePointer

  /// - Parameter plugin: The description of the layout plugin.
  init(plugin: UnsafeMutableRawPointer) throws(RenderError) {
    guard let raw = tfg_context(plugin) else { throw .layoutFailed(["no context"]) }
    self.raw = raw
  }

  deinit {
    gvFreeContext(raw)
  }
}
