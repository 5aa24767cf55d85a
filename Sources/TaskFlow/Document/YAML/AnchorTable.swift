/// The anchors of a document so far; a name that is defined again stands for the new node from
/// there on.
struct AnchorTable {
  private var anchors: [String: Anchor] = [:]

  /// A node that aliases can stand for.
  struct Anchor {
    var node: Int32
    /// Whether the node has not ended yet, so that an alias would be inside itself.
    var isOpen: Bool
    /// How many characters it stands for, aliases inside it expanded.
    var size: Int
    /// How many levels of sequences and mappings it has.
    var height: Int
  }

  /// How many names there are.
  var count: Int { anchors.count }

  /// The names in alphabetical order.
  var names: [String] { anchors.keys.sorted() }

  subscript(name: String) -> Anchor? { anchors[name] }

  /// Begins the node of an anchor.
  mutating func open(_ name: String, node: Int32) {
    anchors[name] = Anchor(node: node, isOpen: true, size: 0, height: 0)
  }

  /// Ends the node of an anchor, unless a node inside it has taken the name since.
  mutating func define(_ name: String, node: Int32, size: Int, height: Int) {
    if let newer = anchors[name], newer.node > node { return }
    anchors[name] = Anchor(node: node, isOpen: false, size: size, height: height)
  }
}
