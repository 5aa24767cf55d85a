/// Finds the lowest flow around a node that satisfies a condition which holds for all flows further out.
///
/// Each flow keeps its parent and one jump pointer (a skew-binary list, Myers 1983), so a search takes
/// a number of steps logarithmic in the nesting, with memory linear in the number of flows.
struct Ancestry {
  private var parent: [Int32] = []
  private var jump: [Int32] = []
  private var depth: [Int32] = []

  init(of levels: [Outline.Level]) {
    parent.reserveCapacity(levels.count)
    for (index, level) in levels.enumerated() {
      guard let above = level.parent else {
        parent.append(Int32(index))
        jump.append(Int32(index))
        depth.append(0)
        continue
      }
      let far = jump[Int(above)]
      let isEven =
        depth[Int(above)] - depth[Int(far)] == depth[Int(far)] - depth[Int(jump[Int(far)])]
      parent.append(above)
      depth.append(depth[Int(above)] + 1)
      jump.append(isEven ? jump[Int(far)] : above)
    }
  }

  /// The nearest flow at or above `flow` that satisfies the condition, or `nil` if none does.
  func nearest(from flow: Int32, where holds: (Int32) -> Bool) -> Int32? {
    var flow = flow
    while !holds(flow) {
      if parent[Int(flow)] == flow { return nil }
      flow = holds(jump[Int(flow)]) ? parent[Int(flow)] : jump[Int(flow)]
    }
    return flow
  }
}
