@testable import FlowRender

/// What holds for every layout: boxes don't overlap, are inside their frames and outside of
/// others, and what is written fits.
enum LayoutLaws {
  static func violations(
    in drawing: Drawing, _ measures: Measures, _ layout: Layout,
  ) -> [String] {
    var violations: [String] = []
    let boxes = zip(layout.nodes, measures.nodes).map { center, box in
      Rectangle(
        left: center.x - box.width / 2, top: center.y - box.height / 2,
        right: center.x + box.width / 2, bottom: center.y + box.height / 2)
    }
    for first in boxes.indices {
      for second in boxes.indices.dropFirst(first + 1)
      where overlap(boxes[first], boxes[second]) {
        violations.append("boxes \(first) and \(second) overlap")
      }
    }
    let ancestry = ClusterAncestry(drawing)
    for (cluster, frame) in layout.clusters.enumerated() {
      guard let frame else { continue }
      for (node, box) in boxes.enumerated() {
        if ancestry.holds(node, in: cluster) {
          if !holds(frame, box) { violations.append("box \(node) leaves frame \(cluster)") }
        } else if overlap(frame, box) {
          violations.append("box \(node) is over frame \(cluster)")
        }
      }
      if let header = measures.clusters[cluster], header.width > frame.width {
        violations.append("the header of frame \(cluster) does not fit")
      }
    }
    for (index, box) in measures.nodes.enumerated() {
      let text = max(box.name?.width ?? 0, box.detail?.width ?? 0)
      if text > 0, text + box.textInset > box.width - 6 {
        violations.append("the words of box \(index) do not fit")
      }
    }
    return violations
  }

  private static func overlap(_ first: Rectangle, _ second: Rectangle) -> Bool {
    first.left < second.right - 1 && second.left < first.right - 1
      && first.top < second.bottom - 1 && second.top < first.bottom - 1
  }

  private static func holds(_ outer: Rectangle, _ inner: Rectangle) -> Bool {
    inner.left >= outer.left && inner.right <= outer.right
      && inner.top >= outer.top && inner.bottom <= outer.bottom
  }
}
