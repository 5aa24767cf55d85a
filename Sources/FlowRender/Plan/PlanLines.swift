import FlowGraph
import TaskFlow

/// Collects the lines of a picture, and marks the boxes at which something is wrong.
struct PlanLines {
  private(set) var edges: [Drawing.Edge] = []
  private(set) var boxes: PlanBoxes

  private let plan: Plan
  private let ends: PlanEnds
  private let frames: PlanFrames

  init(_ plan: Plan, _ ends: PlanEnds, _ frames: PlanFrames, _ boxes: PlanBoxes) {
    self.plan = plan
    self.ends = ends
    self.frames = frames
    self.boxes = boxes
  }

  mutating func add(_ data: PlanDataLines) {
    for line in data.lines {
      add(
        .data(symbols: line.symbols.map(\.name)), from: line.source, to: line.target,
        words: line.words(source: name(of: line.source), target: name(of: line.target)), weight: 3)
    }
  }

  mutating func add(_ deciders: PlanDeciderLines) {
    for line in deciders.lines {
      let (source, target) = (name(of: line.source), name(of: line.target))
      add(
        .decider(condition: line.decider.label), from: line.source, to: line.target,
        words:
          "after \(source), \(target) runs if: \(line.decider.label); else \(line.decider.reach)",
        weight: 2)
    }
  }

  mutating func add(_ order: PlanOrder) {
    for edge in order.edges {
      add(.order, from: .node(edge.source), to: .node(edge.target), weight: 1)
    }
  }

  mutating func add(_ defects: PlanDefects) {
    for hop in defects.hops {
      add(
        .cycleHop(number: hop.number, symbols: hop.symbols), from: hop.source, to: hop.target,
        marks: [.inCycle])
      for end in [ends.source(hop.source), ends.target(hop.target)] {
        boxes.mark(end.flatMap { boxes.box[Int($0)] }, .inCycle)
      }
    }
    for (symbol, readers) in defects.missing { addGhost(symbol, readBy: readers) }
    for (conflict, readers) in defects.conflicts { add(conflict, readBy: readers) }
    for node in defects.sameNames {
      let end = ends.end(of: node)
      if case .node = end { boxes.mark(ends.target(end).flatMap { boxes.box[Int($0)] }, .sameName) }
    }
  }

  private mutating func addGhost(_ symbol: String, readBy readers: [NodeIndex]) {
    let names = readers.map(plan.name(of:))
    let ghost = boxes.add(
      Drawing.Node(
        kind: .ghost, name: symbol, marks: [.missing],
        tooltip: "Nothing gives it to \(PlanWords.listed(names))."))
    for reader in uniqueEnds(readers) {
      guard let box = ends.target(reader).flatMap({ boxes.box[Int($0)] }) else { continue }
      if case .node = reader { boxes.mark(box, .missing) }
      edges.append(
        Drawing.Edge(
          from: ghost, to: box, kind: .data(symbols: []), marks: [.missing],
          targetCluster: frame(of: reader),
          tooltip: "\(name(of: reader)) needs \(symbol), which nothing provides"))
    }
  }

  private mutating func add(_ conflict: PlanDefects.Conflict, readBy readers: [NodeIndex]) {
    let providers = conflict.providers.map(plan.name(of:))
    let symbol = boxes.add(
      Drawing.Node(
        kind: .symbol, name: conflict.symbol, marks: [.conflict],
        tooltip: "Provided by \(PlanWords.listed(providers)), in no order."))
    for provider in uniqueEnds(conflict.providers) {
      guard let box = ends.source(provider).flatMap({ boxes.box[Int($0)] }) else { continue }
      if case .node = provider { boxes.mark(box, .conflict) }
      edges.append(
        Drawing.Edge(
          from: box, to: symbol, kind: .data(symbols: []), marks: [.conflict],
          sourceCluster: frame(of: provider),
          tooltip: "\(name(of: provider)) provides \(conflict.symbol), as others do"))
    }
    for reader in uniqueEnds(readers) {
      guard let box = ends.target(reader).flatMap({ boxes.box[Int($0)] }) else { continue }
      edges.append(
        Drawing.Edge(
          from: symbol, to: box, kind: .data(symbols: []), marks: [.conflict],
          targetCluster: frame(of: reader),
          tooltip: "\(name(of: reader)) reads \(conflict.symbol), which has several providers"))
    }
  }

  private func uniqueEnds(_ nodes: [NodeIndex]) -> [LineEnd] {
    var seen: Set<LineEnd> = []
    return nodes.map(ends.end(of:)).filter { seen.insert($0).inserted }
  }

  // MARK: One line

  private mutating func add(
    _ kind: Drawing.Edge.Kind, from source: LineEnd, to target: LineEnd,
    marks: [Drawing.Mark] = [], words: String = "", weight: Int = 1
  ) {
    guard let from = ends.source(source).flatMap({ boxes.box[Int($0)] }),
      let to = ends.target(target).flatMap({ boxes.box[Int($0)] })
    else { return }
    edges.append(
      Drawing.Edge(
        from: from, to: to, kind: kind, marks: marks, sourceCluster: frame(of: source),
        targetCluster: frame(of: target), tooltip: words, weight: weight))
  }

  private func frame(of end: LineEnd) -> Int? {
    guard case .frame(let flow) = end else { return nil }
    return frames.ofFlow[Int(flow)]
  }

  private func name(of end: LineEnd) -> String {
    switch end {
    case .node(let node): plan.name(of: node)
    case .frame(let flow):
      // A controller acts for its flow; one that was made for a task is known by the task's name.
      plan.isMadeForItsTask(plan.flows[Int(flow)])
        ? plan.name(of: plan.flows[Int(flow)].children[0]) : plan.flows[Int(flow)].name
    }
  }
}
