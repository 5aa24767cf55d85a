/// Why a picture could not be made.
public enum RenderError: Error, Hashable, Sendable {
  /// A part of Graphviz that the layout needs is not installed.
  case layoutPluginMissing(folder: String)
  /// The plugin is there and could not be loaded.
  case layoutPluginUnusable(path: String)
  /// The plugin is there and the system did not load it; what it said.
  case layoutPluginNotLoaded(String)
  /// Graphviz could not lay the drawing out; what it said.
  case layoutFailed([String])
  /// More than can be laid out.
  case tooLarge(what: String, count: Int, limit: Int)
  /// The drawing refers to something that is not in it.
  case invalidDrawing(String)
}

extension RenderError: CustomStringConvertible {
  /// One phrase that says what to do about it.
  public var description: String {
    switch self {
    case .layoutPluginMissing(let folder):
      "Graphviz's layout plugin 'dot_layout' is not in '\(folder)'; "
        + "install Graphviz (Debian: libgraphviz-dev)"
    case .layoutPluginUnusable(let path):
      "Graphviz's layout plugin '\(path)' does not fit the installed library; "
        + "install Graphviz again (Debian: libgraphviz-dev)"
    case .layoutPluginNotLoaded(let problem):
      "Graphviz's layout plugin could not be loaded: \(problem)"
    case .layoutFailed(let messages):
      "Graphviz could not lay out the picture"
        + (messages.isEmpty ? "" : ": \(messages.joined(separator: "; "))")
        + "; the formats mermaid and text need no layout"
    case .tooLarge(let what, let count, let limit):
      "\(count) \(what) are too many for one picture (at most \(limit)); fold nested flows, "
        + "or use the format text"
    case .invalidDrawing(let reason): "the drawing is inconsistent: \(reason)"
    }
  }
}
