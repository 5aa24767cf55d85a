extension Digraph {
  /// The input positions, ascending, of the fewest edges that keep each path's ends connected, or
  /// nil if there is a cycle.
  ///
  /// For an acyclic graph they are unique but for parallel edges, of which the first is kept.
  ///
  /// An edge is redundant when another path leads from its source to its target. Most edges are
  /// settled in linear time: an edge is needed if its source has no other successor, if its target
  /// has no other predecessor, or if it leads just one level up, counted from the sources or from
  /// the sinks; it is redundant if a forest of longest paths has a path between its ends. Then a
  /// short search from both ends settles most of the others. For what is left, reachability of the
  /// targets is passed backwards along the edges in rows of bits, one block of targets after the
  /// other, each over the stretch of a topological order that its edges span.
  ///
  /// - Complexity: O(nodes + edges) time and space for what is settled first. For the rest, with t
  ///   distinct targets, O((nodes + edges) × t / 64) time at worst, and less the shorter the edges
  ///   are in the order; and up to 512 bytes a node, at most 256 MiB, of space.
  /// - SeeAlso: A. V. Aho, M. R. Garey, J. D. Ullman, *The transitive reduction of a directed
  ///   graph*, SIAM J. Comput. 1(2), 1972.
  public func transitiveReduction() -> [Int32]? {
    transitiveReduction(searchEffort: 64, wordLimit: 32 << 20)
  }

  /// The transitive reduction by given shares of searching and of rows of bits.
  ///
  /// The result does not depend on them.
  ///
  /// - Parameters:
  ///   - searchEffort: How many times the searches from both ends may look at all nodes and edges.
  ///   - wordLimit: How many words of 64 bits the rows may take together, if that is at least a
  ///     word for each node.
  package func transitiveReduction(searchEffort: Int, wordLimit: Int) -> [Int32]? {
    guard let order = topologicalOrder() else { return nil }
    let ahead = LongestPathForest(from: .sources, of: self, order: order)
    let behind = LongestPathForest(from: .sinks, of: self, order: order)
    var verdicts = EdgeVerdicts(self, ahead: ahead, behind: behind)
    if verdicts.hasOpen {
      var search = DetourSearch(self, ahead: ahead, behind: behind, effort: searchEffort)
      if !search.settle(&verdicts) {
        var blocks = ReductionBlocks(self, order: compactOrder(order), wordLimit: wordLimit)
        blocks.settle(&verdicts)
      }
    }
    var isKept = [Bool](repeating: false, count: edgeCount)
    for slot in 0..<edgeCount where verdicts[slot] == .needed {
      isKept[Int(positions[slot])] = true
    }
    return (0..<Int32(edgeCount)).filter { isKept[Int($0)] }
  }
}
