/// Which nodes are in which clusters, however deeply, in constant time.
///
/// Clusters are numbered in the order of a walk around the tree of frames: a cluster holds those
/// whose numbers are in its interval.
struct ClusterAncestry {
  private var first: [Int]
  private var last: [Int]
  private let clusterOfNode: [Int?]

  /// - Complexity: O(nodes + clusters).
  init(_ drawing: Drawing) {
    let count = drawing.clusters.count
    clusterOfNode = drawing.nodes.map(\.cluster)
    var sizes = [Int](repeating: 1, count: count)
    for (index, cluster) in drawing.clusters.enumerated().reversed() {
      if let parent = cluster.parent { sizes[parent] += sizes[index] }
    }
    first = [Int](repeating: 0, count: count)
    last = first
    // The next free number inside each cluster; parents come first, so theirs is known.
    var next = first
    var nextAtTop = 0
    for (index, cluster) in drawing.clusters.enumerated() {
      if let parent = cluster.parent {
        first[index] = next[parent]
        next[parent] += sizes[index]
      } else {
        first[index] = nextAtTop
        nextAtTop += sizes[index]
      }
      next[index] = first[index] + 1
      last[index] = first[index] + sizes[index] - 1
    }
  }

  func holds(_ node: Int, in cluster: Int) -> Bool {
    guard let inner = clusterOfNode[node] else { return false }
    return (first[cluster]...last[cluster]).contains(first[inner])
  }
}
