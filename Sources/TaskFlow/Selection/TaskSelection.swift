import FlowDiagnostics
import FlowGraph

/// Some tasks of a flow, as people name them.
///
/// | text | tasks |
/// |---|---|
/// | `load` | the task, or all of its matrix |
/// | `+load` | it, and all that comes before it |
/// | `load+` | it, and all that comes after it |
/// | `+load+` | it, and both |
/// | `flow:rollout` | all tasks in a flow; `+` as above |
public struct TaskSelection: Sendable, Hashable, CustomStringConvertible {
  /// What is named.
  enum Subject: Sendable, Hashable {
    case task(String)
    case flow(String)
  }

  let subject: Subject
  let hasPredecessors: Bool
  let hasSuccessors: Bool

  /// The text that it was made of.
  public let description: String

  /// Reads a text.
  ///
  /// - Throws: ``SelectionError`` when it names nothing.
  public init(_ text: String) throws(SelectionError) {
    var name = Substring(NameRules.normalized(text))
    hasPredecessors = name.first == "+"
    if hasPredecessors { name = name.dropFirst() }
    hasSuccessors = name.last == "+"
    if hasSuccessors { name = name.dropLast() }
    let isFlow = name.hasPrefix("flow:")
    if isFlow { name = name.dropFirst("flow:".count) }
    guard !name.isEmpty else {
      throw SelectionError(
        description: "\(QuotedName.of(text)) names no task; write NAME, +NAME, NAME+ or flow:NAME")
    }
    subject = isFlow ? .flow(String(name)) : .task(String(name))
    description = text
  }

  /// What comes before a task, and the task.
  public static func until(_ name: String) throws(SelectionError) -> TaskSelection {
    try TaskSelection("+\(name)")
  }

  /// A task, and what comes after it.
  public static func from(_ name: String) throws(SelectionError) -> TaskSelection {
    try TaskSelection("\(name)+")
  }
}

/// The error of a selection that chooses nothing.
public struct SelectionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and what to do about it.
  public var description: String

  /// An error of a selection.
  public init(description: String) { self.description = description }
}

extension Plan {
  /// The names of the tasks that at least one of some selections chooses.
  ///
  /// Complexity: linear in the size of the plan for each selection.
  /// - Throws: ``SelectionError`` when a selection names what the plan does not have.
  public func tasks(in selections: [TaskSelection]) throws(SelectionError) -> Set<String> {
    var chosen = Set<String>()
    for selection in selections {
      let seeds = try nodes(of: selection)
      var isChosen = [Bool](repeating: false, count: nodes.count)
      for node in seeds { isChosen[Int(node)] = true }
      if selection.hasPredecessors { spread(from: seeds, along: predecessors, to: &isChosen) }
      if selection.hasSuccessors { spread(from: seeds, along: graph, to: &isChosen) }
      for index in nodes.indices where isChosen[index] && nodes[index].isTask {
        chosen.insert(name(of: NodeIndex(index)))
      }
    }
    return chosen
  }

  /// The nodes that a selection names.
  private func nodes(of selection: TaskSelection) throws(SelectionError) -> [NodeIndex] {
    switch selection.subject {
    case .task(let wanted):
      let found = nodes.indices.filter { index in
        guard nodes[index].isTask else { return false }
        let name = name(of: NodeIndex(index))
        return name == wanted || name.hasPrefix("\(wanted)[")
      }
      if !found.isEmpty { return found.map { NodeIndex($0) } }
      if flows.contains(where: { $0.name == wanted }) {
        throw SelectionError(description: "'\(wanted)' is a flow; write flow:\(wanted)")
      }
      throw unknown("task", wanted, among: tasks.map(\.name))
    case .flow(let wanted):
      guard let flow = flows.firstIndex(where: { $0.name == wanted }) else {
        throw unknown("flow", wanted, among: flows.map(\.name))
      }
      return nodes.indices.filter { isNode($0, in: Int32(flow)) }.map { NodeIndex($0) }
    }
  }

  private func isNode(_ index: Int, in flow: Int32) -> Bool {
    // All that is in a flow lies between its start and its end, in declaration order.
    let bounds = flows[Int(flow)]
    return (Int(bounds.start)...Int(bounds.end)).contains(index)
  }

  private func unknown(_ kind: String, _ name: String, among names: [String]) -> SelectionError {
    let near = Suggestion.nearest(to: name, among: names)
    return SelectionError(
      description: "the flow has no \(kind) \(QuotedName.of(name))"
        + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }

  private func spread(
    from seeds: [NodeIndex], along graph: Digraph, to isChosen: inout [Bool]
  ) {
    var open = seeds
    var isSeen = [Bool](repeating: false, count: nodes.count)
    while let node = open.popLast() {
      for next in graph.successors(of: Int(node)) where !isSeen[Int(next)] {
        isSeen[Int(next)] = true
        isChosen[Int(next)] = true
        open.append(next)
      }
    }
  }
}
