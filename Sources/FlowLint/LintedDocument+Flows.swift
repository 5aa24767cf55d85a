import TaskFlow

extension LintedDocument {
  /// Each flow of the document, however deep, in the order of the file: the mapping that has its body.
  ///
  /// - Complexity: linear in the number of flows and tasks.
  var flows: [DocumentNode] {
    var found: [DocumentNode] = []
    var open = [tree.root]
    while let node = open.popLast() {
      guard node.kind == .mapping, node["task"] == nil else { continue }
      found.append(node)
      for body in ["linear", "unordered", "graph"] {
        guard let items = node[body]?.items else { continue }
        open += items.reversed()
      }
    }
    return found
  }
}
