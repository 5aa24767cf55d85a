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
      result.levels[index].flow.links = links(of: level, without: removed)
      result.levels[index].children = level.children.compactMap { child in
        newIndex[Int(child)] < 0 ? nil : newIndex[Int(child)]
      }
    }
    result.numberChildren()
    return result
  }

  /// The links of a flow without those from or to a child that is left out: nothing waits for it.
  private func links(of level: Level, without removed: Set<NodeIndex>) -> [Flow.Link] {
    guard !level.flow.links.isEmpty, level.children.contains(where: removed.contains) else {
      return level.flow.links
    }
    let names = Set(level.children.filter(removed.contains).map { name(of: $0) })
    return level.flow.links.filter { !names.contains($0.source) && !names.contains($0.target) }
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
