import FlowGraph

extension Plan {
  /// The scopes of an atom: which atoms it can read from, nearest scope first (semantics 3.2).
  ///
  /// Bindings are made without them; they explain why a provider is visible or not.
  ///
  /// - Returns: one list a level of the hierarchy, from the atom's own flow outwards; a level at which
  ///   nothing is visible is an empty list, left out at the end.
  /// - Complexity: linear in the size of the plan.
  public func scopes(of atom: NodeIndex) -> [[NodeIndex]] {
    let ancestors = predecessors.descendants(of: Int(atom))
    var scopes: [[NodeIndex]] = []
    var came = atom
    var next: Int32? = nodes[Int(atom)].flow
    if flows[Int(nodes[Int(atom)].flow)].retry == atom {
      came = flows[Int(nodes[Int(atom)].flow)].start
      next = flows[Int(nodes[Int(atom)].flow)].parent
      scopes.append([])
    }
    while let flow = next {
      let level = flows[Int(flow)]
      var visible: [NodeIndex] = []
      if let retry = level.retry { visible.append(retry) }
      for child in level.children.prefix(while: { $0 != came }) {
        for node in nodesInHierarchyOrder(of: child)
        where nodes[Int(node)].isAtom && ancestors.contains(Int(node)) {
          visible.append(node)
        }
      }
      scopes.append(visible.reversed())
      came = level.start
      next = level.parent
    }
    while scopes.last == [] { scopes.removeLast() }
    return scopes
  }

  /// The nodes of a child, depth first, a graph's children in topological order.
  private func nodesInHierarchyOrder(of child: NodeIndex) -> [NodeIndex] {
    guard case .flowStart = nodes[Int(child)].kind else { return [child] }
    let range = flows[Int(nodes[Int(child)].flow)].nodes
    return range.sorted { hierarchyPosition[Int($0)] < hierarchyPosition[Int($1)] }
  }
}
