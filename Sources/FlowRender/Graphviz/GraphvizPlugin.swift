import CGraphviz

/// Graphviz's layout plugin, found beside the library that is linked and loaded once.
///
/// Graphviz would look for its plugins itself, in a configuration file that names all that are
/// installed; text would then be measured by whatever font library there is.
struct GraphvizPlugin: ~Copyable {
  /// The plugin's description, which belongs to the loaded library and is never unloaded.
  private var description: UnsafeMutableRawPointer?

  init() {}

  /// The plugin's description, for `GraphvizContext`.
  mutating func loaded() throws(RenderError) -> UnsafeMutableRawPointer {
    if let description { return description }
    guard let path = tfg_path_of_libgvc() else {
      throw .layoutPluginMissing(folder: "graphviz")
    }
    let found = try GraphvizPlugin.open(besideLibrary: String(cString: path))
    description = found
    return found
  }

  /// Loads the plugin that fits a library.
  ///
  /// - Parameter library: The path of libgvc; the plugins are in the folder `graphviz` beside it.
  static func open(besideLibrary library: String) throws(RenderError) -> UnsafeMutableRawPointer {
    let cut = library.utf8.lastIndex(of: UInt8(ascii: "/")).map { library.utf8.index(after: $0) }
    let folder = cut.map { String(library[..<$0]) } ?? ""
    let file = cut.map { String(library[$0...]) } ?? library
    var unusable: String?
    var problem: String?
    for name in names(fitting: file) {
      let path = "\(folder)graphviz/\(name)"
      guard let handle = tfg_open_plugin(path) else {
        // There can be no memory for it, which is another matter than none being installed.
        problem = problem ?? tfg_plugin_problem(path).map { String(cString: $0) }
        continue
      }
      if let symbol = tfg_symbol(handle, "gvplugin_dot_layout_LTX_library") { return symbol }
      unusable = path
    }
    if let unusable { throw .layoutPluginUnusable(path: unusable) }
    if let problem { throw .layoutPluginNotLoaded(problem) }
    throw .layoutPluginMissing(folder: "\(folder)graphviz")
  }

  /// The names that the plugin may have, the one with the library's own version first:
  /// "libgvc.so.6" goes with "libgvplugin_dot_layout.so.6".
  private static func names(fitting library: String) -> [String] {
    let stem = "libgvplugin_dot_layout"
    let suffix = library.unicodeScalars.firstIndex(of: ".").map { String(library[$0...]) } ?? ".so"
    return ["\(stem)\(suffix)", "\(stem).so.6", "\(stem).so.8", "\(stem).so", "\(stem).dylib"]
  }
}
