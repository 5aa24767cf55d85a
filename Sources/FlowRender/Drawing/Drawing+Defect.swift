extension Drawing {
  /// The most nodes that are laid out; more have to be folded first.
  package static let nodeLimit = 5_000
  /// The most edges that are laid out.
  package static let edgeLimit = 20_000

  /// What makes the drawing unfit to be drawn, if anything: an index that refers to nothing, or
  /// more than can be laid out.
  ///
  /// - Complexity: O(nodes + edges + clusters).
  package var defect: RenderError? {
    if nodes.count > Drawing.nodeLimit {
      return .tooLarge(what: "nodes", count: nodes.count, limit: Drawing.nodeLimit)
    }
    if edges.count > Drawing.edgeLimit {
      return .tooLarge(what: "edges", count: edges.count, limit: Drawing.edgeLimit)
    }
    if clusters.count > Drawing.nodeLimit {
      return .tooLarge(what: "flows", count: clusters.count, limit: Drawing.nodeLimit)
    }
    return inconsistency
  }

  /// The first index that refers to nothing, if any.
  package var inconsistency: RenderError? {
    for (index, cluster) in clusters.enumerated() {
      guard let parent = cluster.parent else { continue }
      guard parent >= 0, parent < index else {
        return .invalidDrawing("cluster \(index) is in cluster \(parent), which is not before it")
      }
    }
    for (index, node) in nodes.enumerated() {
      if let cluster = node.cluster, !clusters.indices.contains(cluster) {
        return .invalidDrawing("node \(index) is in cluster \(cluster), which does not exist")
      }
    }
    for (index, edge) in edges.enumerated() {
      for end in [edge.source, edge.target] where !nodes.indices.contains(end) {
        return .invalidDrawing("edge \(index) joins node \(end), which does not exist")
      }
      for end in [edge.sourceCluster, edge.targetCluster].compactMap(\.self)
      where !clusters.indices.contains(end) {
        return .invalidDrawing("edge \(index) joins cluster \(end), which does not exist")
      }
    }
    return nil
  }

  /// How many clusters are around each cluster.
  ///
  /// - Complexity: O(clusters), since parents come first.
  package var clusterDepths: [Int] {
    var depths: [Int] = []
    depths.reserveCapacity(clusters.count)
    for cluster in clusters {
      depths.append(cluster.parent.map { depths[$0] + 1 } ?? 0)
    }
    return depths
  }
}
