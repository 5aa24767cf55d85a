import FlowDiagnostics

/// A flow laid out flat: its nodes in declaration order, and its hierarchy, before any edge.
///
/// A node's index is its place in a depth-first walk in declaration order, so that everything in a flow
/// lies between its start and its end.
struct Outline {
  /// A flow with the first nodes of its children, in declaration order.
  struct Level {
    var flow: Flow
    var parent: Int32?
    var depth: Int32
    var start: NodeIndex
    var end: NodeIndex
    var retry: NodeIndex?
    var children: [NodeIndex]
  }

  var kinds: [PlanNode.Kind] = []
  var flowOfNode: [Int32] = []
  var levels: [Level] = []
  var tasks: [FlowTask] = []
  var controllers: [RetryController] = []
  /// The position of each child among its siblings, by its first node.
  private var ordinals: [Int32] = []

  /// Lays a flow out; iterative, linear in its size.
  init(of flow: Flow) {
    var open: [(level: Int32, items: [FlowItem], next: Int)] = []
    begin(flow, parent: nil)
    open.append((0, flow.items, 0))
    while let top = open.last {
      guard top.next < top.items.count else {
        finish(top.level)
        open.removeLast()
        continue
      }
      open[open.count - 1].next += 1
      levels[Int(top.level)].children.append(NodeIndex(kinds.count))
      switch top.items[top.next] {
      case .task(let task):
        add(.task(Int32(tasks.count)), to: top.level)
        tasks.append(task)
      case .flow(let nested):
        open.append((Int32(levels.count), nested.items, 0))
        begin(nested, parent: top.level)
      }
    }
    numberChildren()
  }

  /// Numbers the children of all flows.
  mutating func numberChildren() {
    ordinals = [Int32](repeating: -1, count: kinds.count)
    for level in levels {
      for (ordinal, child) in level.children.enumerated() { ordinals[Int(child)] = Int32(ordinal) }
    }
  }

  private mutating func begin(_ flow: Flow, parent: Int32?) {
    let level = Int32(levels.count)
    let start = NodeIndex(kinds.count)
    let depth = parent.map { levels[Int($0)].depth + 1 } ?? 0
    levels.append(
      Level(
        flow: flow, parent: parent, depth: depth, start: start, end: start, retry: nil,
        children: []))
    add(.flowStart, to: level)
    if let retry = flow.retry {
      levels[Int(level)].retry = NodeIndex(kinds.count)
      add(.retry(Int32(controllers.count)), to: level)
      controllers.append(retry)
    }
  }

  private mutating func finish(_ level: Int32) {
    levels[Int(level)].end = NodeIndex(kinds.count)
    add(.flowEnd, to: level)
  }

  private mutating func add(_ kind: PlanNode.Kind, to level: Int32) {
    kinds.append(kind)
    flowOfNode.append(level)
  }

  /// The last node of a child, given its first.
  func sink(of child: NodeIndex) -> NodeIndex {
    if case .flowStart = kinds[Int(child)] {
      levels[Int(flowOfNode[Int(child)])].end
    } else {
      child
    }
  }

  /// Whether a node lies in a flow: all of a flow lies between its start and its end.
  func contains(_ level: Int32, _ node: NodeIndex) -> Bool {
    levels[Int(level)].start <= node && node <= levels[Int(level)].end
  }

  /// The flow whose child this is, given the child's first node; `nil` for the outermost flow.
  func container(of child: NodeIndex) -> Int32? {
    let flow = flowOfNode[Int(child)]
    if case .flowStart = kinds[Int(child)] { return levels[Int(flow)].parent }
    return flow
  }

  /// The name of a node: of the task or controller, or of the flow that starts or ends there.
  func name(of node: NodeIndex) -> String {
    switch kinds[Int(node)] {
    case .task(let index): tasks[Int(index)].name
    case .retry(let index): controllers[Int(index)].name
    case .flowStart, .flowEnd: levels[Int(flowOfNode[Int(node)])].flow.name
    }
  }

  /// The name of a child as its author knows it: a flow that a document makes around one task, to retry
  /// it, goes by the task's name.
  func shownName(of child: NodeIndex) -> String {
    guard case .flowStart = kinds[Int(child)] else { return name(of: child) }
    let level = levels[Int(flowOfNode[Int(child)])]
    guard let only = level.children.first, level.children.count == 1 else { return level.flow.name }
    let task = name(of: only)
    return level.flow.name == "\(task).flow" ? task : level.flow.name
  }

  /// The kind and name of a node, for messages: `task 'build'`.
  func label(of node: NodeIndex) -> String {
    switch kinds[Int(node)] {
    case .task: "task '\(name(of: node))'"
    case .retry: "retry controller '\(name(of: node))'"
    case .flowStart, .flowEnd: "flow '\(name(of: node))'"
    }
  }

  /// Where a node is declared.
  func span(of node: NodeIndex) -> SourceSpan {
    switch kinds[Int(node)] {
    case .task(let index): tasks[Int(index)].span
    case .retry(let index): controllers[Int(index)].span
    case .flowStart, .flowEnd: levels[Int(flowOfNode[Int(node)])].flow.span
    }
  }

  /// Whether an atom that succeeded has given all that it provides.
  func isProvisionComplete(of node: NodeIndex) -> Bool {
    switch kinds[Int(node)] {
    case .task(let index): tasks[Int(index)].provision.isComplete
    case .retry(let index): controllers[Int(index)].provision.isComplete
    case .flowStart, .flowEnd: false
    }
  }

  /// What an atom provides.
  func provision(of node: NodeIndex) -> Provision {
    switch kinds[Int(node)] {
    case .task(let index): tasks[Int(index)].provision
    case .retry(let index): controllers[Int(index)].provision
    case .flowStart, .flowEnd: .nothing
    }
  }

  /// The position of a child among its siblings, given its first node.
  func ordinal(of child: NodeIndex) -> Int { Int(ordinals[Int(child)]) }

  /// The child of a flow in which a node lies, given as its first node.
  ///
  /// Complexity: constant for a child itself, logarithmic for what lies deeper.
  func child(of level: Int32, containing node: NodeIndex) -> NodeIndex {
    if ordinals[Int(node)] >= 0, container(of: node) == level { return node }
    let children = levels[Int(level)].children
    return children[children.partitionedIndex { $0 <= node } - 1]
  }
}

extension RandomAccessCollection {
  /// The first index whose element does not satisfy a condition that all before it satisfy.
  func partitionedIndex(where belongsBefore: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if belongsBefore(self[middle]) {
        low = index(after: middle)
        count -= half + 1
      } else {
        count = half
      }
    }
    return low
  }
}
