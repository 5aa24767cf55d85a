extension Outline {
  /// The outline without some children, each given by its first node; indices are made dense again.
  func removing(_ removed: Set<NodeIndex>) -> Outline {
    var result = self
    var newIndex = [NodeIndex](repeating: -1, count: kinds.count)
    var newLevel = [Int32](repeating: -1, count: levels.count)
    result.kinds = []
    result.flowOfNode = []
    result.tasks = []
    result.controllers = []
    result.levels = []
    var node: NodeIndex = 0
    while Int(node) < kinds.count {
      if removed.contains(node) {
        node = sink(of: node) + 1
        continue
      }
      keep(node, in: &result, newIndex: &newIndex, newLevel: &newLevel)
      node += 1
    }
    for index in result.levels.indices {
      let level = result.levels[index]
      result.levels[index].parent = level.parent.map { newLevel[Int($0)] }
      result.levels[index].start = newIndex[Int(level.start)]
      result.levels[index].end = newIndex[Int(level.end)]
      result.levels[index].retry = level.retry.map { newIndex[Int($0)] }
      result.levels[index].children = level.children.compactMap { child in
        newIndex[Int(child)] < 0 ? nil : newIndex[Int(child)]
      }
    }
    dropLinks(of: removed, in: &result, newLevel: newLevel)
    result.numberChildren()
    return result
  }

  /// Drops what is written about the order of removed children: there is nothing left to put in order.
  private func dropLinks(
    of removed: Set<NodeIndex>, in result: inout Outline, newLevel: [Int32]
  ) {
    for (index, level) in levels.enumerated()
    where newLevel[index] >= 0 && !level.flow.links.isEmpty {
      let names = Set(level.children.filter(removed.contains).map { name(of: $0) })
      guard !names.isEmpty else { continue }
      result.levels[Int(newLevel[index])].flow.links.removeAll { link in
        names.contains(link.source) || names.contains(link.target)
      }
    }
  }

  private func keep(
    _ node: NodeIndex, in result: inout Outline, newIndex: inout [NodeIndex],
    newLevel: inout [Int32]
  ) {
    let flow = Int(flowOfNode[Int(node)])
    newIndex[Int(node)] = NodeIndex(result.kinds.count)
    switch kinds[Int(node)] {
    case .task(let index):
      result.kinds.append(.task(Int32(result.tasks.count)))
      result.tasks.append(tasks[Int(index)])
    case .retry(let index):
      result.kinds.append(.retry(Int32(result.controllers.count)))
      result.controllers.append(controllers[Int(index)])
    case .flowStart:
      newLevel[flow] = Int32(result.levels.count)
      result.levels.append(levels[flow])
      result.kinds.append(.flowStart)
    case .flowEnd:
      result.kinds.append(.flowEnd)
    }
    result.flowOfNode.append(newLevel[flow])
  }
}
