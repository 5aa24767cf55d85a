extension SmallFlow {
  /// Every graph of `count` tasks, once for each set of links from earlier to later tasks: each DAG, up to
  /// the names of its tasks.
  static func everyGraph(of count: Int) -> [SmallFlow] {
    let links = (0..<count).flatMap { target in
      (0..<target).map { Link(source: $0, target: target) }
    }
    let tasks = Array(repeating: Child.task, count: count)
    return (0..<1 << links.count).map { set in
      let chosen = links.indices.filter { set >> $0 & 1 == 1 }.map { links[$0] }
      return SmallFlow(order: .graph(chosen), controller: nil, children: tasks)
    }
  }

  /// What pattern trees are made of.
  struct Bounds: Sendable {
    /// How many flows there are within each other.
    var depth: Int
    var tasks: Int
    /// How many controllers there are in all, at least and at most.
    var controllers: ClosedRange<Int>
    var kinds: [Controller]
  }

  /// Every pattern tree with so many tasks and controllers, up to names and to the order of children that
  /// are alike to the execution graph.
  ///
  /// A flow of one child without a controller stands for that child, so inner ones are left out.
  static func everyTree(_ bounds: Bounds) -> [SmallFlow] {
    bounds.controllers.flatMap { controllers in
      flows(bounds.depth, bounds.tasks, controllers, bounds.kinds, isRoot: true)
    }
  }

  private static func flows(
    _ depth: Int, _ tasks: Int, _ controllers: Int, _ kinds: [Controller], isRoot: Bool
  ) -> [SmallFlow] {
    let owned: [Controller?] = [nil] + (controllers > 0 ? kinds : [])
    return owned.flatMap { controller -> [SmallFlow] in
      let left = controllers - (controller == nil ? 0 : 1)
      let lists = lists(depth - 1, tasks, left, kinds)
      return lists.flatMap { children -> [SmallFlow] in
        if children.count == 1, controller == nil, !isRoot { return [] }
        return orders(of: children).map {
          SmallFlow(order: $0, controller: controller, children: children)
        }
      }
    }
  }

  /// Every list of children that has so many tasks and controllers in all.
  private static func lists(
    _ depth: Int, _ tasks: Int, _ controllers: Int, _ kinds: [Controller]
  ) -> [[Child]] {
    if tasks == 0 { return controllers == 0 ? [[]] : [] }
    var found: [[Child]] = []
    for first in 1...tasks {
      for own in 0...controllers {
        var heads: [Child] = first == 1 && own == 0 ? [.task] : []
        if depth > 0 {
          heads += flows(depth, first, own, kinds, isRoot: false).map { .flow($0) }
        }
        guard !heads.isEmpty else { continue }
        let rests = lists(depth, tasks - first, controllers - own, kinds)
        for head in heads { found += rests.map { [head] + $0 } }
      }
    }
    return found
  }

  /// The orders of children, each execution graph once, as far as children may change places.
  private static func orders(of children: [Child]) -> [Order] {
    let words = children.map { "\($0)" }
    func ascend(_ pairs: (Int, Int)...) -> Bool {
      pairs.allSatisfy { words[$0.0] <= words[$0.1] }
    }
    func graph(_ links: (Int, Int)...) -> Order {
      .graph(links.map { Link(source: $0.0, target: $0.1) })
    }
    switch children.count {
    case 2:
      return [.linear] + (ascend((0, 1)) ? [.unordered] : [])
    case 3:
      return [.linear, graph((0, 1)), graph((0, 1), (1, 2), (0, 2))]
        + (ascend((0, 1), (1, 2)) ? [.unordered] : [])
        + (ascend((1, 2)) ? [graph((0, 1), (0, 2))] : [])
        + (ascend((0, 1)) ? [graph((0, 2), (1, 2))] : [])
    default:
      return [.linear]
    }
  }
}

extension SmallFlow.Child: CustomStringConvertible {
  var description: String {
    switch self {
    case .task: "t"
    case .flow(let flow): flow.description
    }
  }
}
